import type { Neighbour } from '../../shared/atman/suppression.ts'
import { neighbours } from '../../shared/atman/suppression.ts'
import type { Suppression } from '../../shared/explanation/parameters.ts'
import type { MapProgress } from '../../shared/explanation/wording.ts'
import { previewWords } from '../../shared/explanation/wording.ts'
import type { Cell } from '../../shared/sequence/patch-grid.ts'
import { patchAt } from '../../shared/sequence/patch-grid.ts'
import { lastElement } from '../../shared/values/element.ts'
import { isRunning } from './run.ts'
import type { State } from './state.ts'
import { selectView } from './store.ts'

/** Whether the shown answer is being worked on. */
export function isBusy({ explaining: { run } }: State): boolean {
  return isRunning(run)
}

/** Whether the answer was made with other parameters than those set now. */
export function selectStale({ explaining: { answer }, settings }: State): boolean {
  return (
    answer !== null && answer.known.numbers.kind !== 'none' && !sameSuppression(answer.known.suppression, settings.suppression)
  )
}

/** Whether the shown answer lacks its exact numbers. */
export function selectIncomplete({ explaining: { answer } }: State): boolean {
  return answer !== null && answer.known.numbers.kind !== 'exact'
}

/** What is said of a map that is only a preview; `null` otherwise. */
export function selectPreviewWords(state: State): string | null {
  const view = selectView(state)
  const progress: MapProgress = isBusy(state) ? { kind: 'running' } : { kind: 'ended' }
  return view === null ? null : previewWords(view.claim.exactness, progress)
}

/** Why the shown explanation cannot be exported; `null` when it can. */
export function selectExportObstacle(state: State): string | null {
  const { answer } = state.explaining
  if (answer === null) return 'Nothing is explained yet'
  if (answer.entry !== null) return null
  if (isBusy(state)) return 'It can be exported as soon as the exact map is there'
  return selectIncomplete(state)
    ? 'The exact map was not computed, so there is nothing to export: Recompute computes it'
    : 'It could not be kept in the history, so it cannot be exported: write again'
}

/** Position of the part whose neighbours are shown: the hovered patch, or the only chosen one. */
export function inspectedPosition({ viewing: { hovered, part }, explaining: { answer } }: State): number | null {
  if (hovered !== null && answer !== null && answer.known.grid !== null) return patchAt(answer.known.grid, hovered)
  return part?.positions.length === 1 ? lastElement(part.positions) : null
}

/** Cosines of the shown answer's positions; `null` until they are there. */
export function selectSimilarity({ similarity, explaining: { answer } }: State): State['similarity'] {
  return similarity !== null && similarity.entry === answer?.entry ? similarity : null
}

/** The cosine neighbours of a position under parameters. */
export function neighboursAt(at: number | null, similarity: State['similarity'], suppression: Suppression): readonly Neighbour[] {
  if (at === null || similarity === null) return []
  return neighbours(at, similarity.cosines.subarray(at * similarity.length, (at + 1) * similarity.length), suppression)
}

/** Whether two suppressions are the same. */
export function sameSuppression(first: Suppression, second: Suppression): boolean {
  return JSON.stringify(ordered(first)) === JSON.stringify(ordered(second))
}

function ordered({ strength, threshold, variant, layers }: Suppression): unknown[] {
  return [strength, threshold, variant, layers]
}

/** Whether two cells are the same. */
export function sameCell(first: Cell | null, second: Cell | null): boolean {
  return first?.row === second?.row && first?.column === second?.column
}
