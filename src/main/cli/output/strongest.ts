import type { KnownExplanation } from '../../../shared/explanation/known.ts'
import type { Question, Scale } from '../../../shared/explanation/question.ts'
import type { Target } from '../../../shared/explanation/record.ts'
import { isClear } from '../../../shared/explanation/scale.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { viewOf } from '../../../shared/explanation/view.ts'
import type { CellSentences } from '../../../shared/explanation/view/sentences.ts'
import { cellSentences } from '../../../shared/explanation/view/sentences.ts'
import type { ViewWord } from '../../../shared/explanation/view/view-words.ts'
import { strongestFirst } from '../../../shared/explanation/view/view-words.ts'
import type { Cell } from '../../../shared/sequence/patch-grid.ts'
import { element } from '../../../shared/values/element.ts'

/** The cell of a map with the largest relevance, either way, and what is said of it. */
export interface StrongestCell extends CellSentences, Cell {
  /** Share of full colour, in [-1, 1]. */
  readonly share: number
}

/** The strongest cell of a view's map; `null` where there is no map, or nothing was read before the token. */
export function strongestCell(view: View): StrongestCell | null {
  const { map } = view
  if (map === null) return null
  const places = [...map.values.keys()].filter((place) => !Number.isNaN(element(map.values, place)))
  const [best] = strongestFirst(places.map((place) => ({ place, nats: element(map.values, place) })))
  if (best === undefined) return null
  const cell = { row: Math.floor(best.place / map.columns), column: best.place % map.columns }
  const sentences = cellSentences(view, cell)
  return sentences === null ? null : { ...cell, ...sentences, share: element(map.shares, best.place) }
}

/** The strongest words of a view that say something, strongest first. */
export function strongestWords({ words }: View, most: number): ViewWord[] {
  return strongestFirst(words)
    .filter(({ nats }) => isClear([nats]))
    .slice(0, most)
}

/** A target and what it needed. */
export interface TargetView {
  readonly target: Target
  readonly view: View
}

/** What each target needed, compared with nothing. */
export function targetViews(known: KnownExplanation, scale: Scale): TargetView[] {
  return known.targets.map((target) => ({ target, view: viewOf(known, aboutTarget(target, scale)) }))
}

/** The question what one target needed. */
function aboutTarget({ segment, index }: Target, scale: Scale): Question {
  return { about: { kind: 'tokens', tokens: [{ segment, index }] }, against: { kind: 'nothing' }, without: null, scale }
}

/** The target that needed the picture most, or of a text its words; `null` without targets. */
export function strongestTarget(views: readonly TargetView[]): TargetView | null {
  const sizes = views.map(({ target, view }) => ({ target, view, nats: strongestNats(view) }))
  return strongestFirst(sizes)[0] ?? null
}

function strongestNats(view: View): number {
  const cell = strongestCell(view)
  if (cell !== null) return cell.nats
  const [word] = strongestFirst(view.words)
  // A token that nothing stands before needed nothing.
  return word === undefined ? 0 : word.nats
}
