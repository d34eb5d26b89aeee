import { absoluteMaximum, answerMaximum, isClear, largest } from '../../shared/explanation/scale.ts'
import type { Scale } from '../../shared/explanation/question.ts'
import { patchAt, patchCount } from '../../shared/sequence/patch-grid.ts'
import type { Cell } from '../../shared/sequence/patch-grid.ts'
import { targetPosition } from '../../shared/atman/relevance.ts'
import type { Neighbour } from '../../shared/atman/suppression.ts'
import { neighbours } from '../../shared/atman/suppression.ts'
import { position } from '../../shared/values/brand.ts'
import type { Position } from '../../shared/values/brand.ts'
import type { Input, Target } from '../../shared/explanation/record.ts'
import type { Suppression } from '../../shared/explanation/parameters.ts'
import type { Drop } from '../../shared/explanation/reverse-question.ts'
import { drops } from '../../shared/explanation/reverse-question.ts'
import type { Focus, ShownMap } from '../../shared/explanation/shown-map.ts'
import { answerScale, coarseMap, focusRelevance, patchMap } from '../../shared/explanation/shown-map.ts'
import type { TargetRef } from '../../shared/explanation/question.ts'
import { findTarget } from '../../shared/explanation/target-ref.ts'
import type { WeighedInput } from '../../shared/explanation/shown-words.ts'
import { shownChunks, shownWords } from '../../shared/explanation/shown-words.ts'
import type { Answer } from './answer.ts'
import { remember } from './remember.ts'
import type { Part, State } from './state.ts'

const everyToken = remember((tokens: Answer['completion']['tokens']): TargetRef[] =>
  tokens.map((_, index) => ({ segment: 'completion', index })),
)
const onlyPreview = remember((preview: TargetRef): readonly TargetRef[] => [preview])

/** The tokens that are explained now: the one under the pointer, else the pinned ones, else the whole answer. */
export function explainedTokens({ viewing: { preview, pinned }, explaining: { answer } }: State): readonly TargetRef[] {
  if (preview !== null) return onlyPreview(preview)
  return pinned.length > 0 ? pinned : everyToken(answer?.completion.tokens ?? noTokens)
}
const noTokens: Answer['completion']['tokens'] = []

const focusOf = remember((targets: readonly Target[], refs: readonly TargetRef[], whyNot: Focus['whyNot']): Focus => {
  const columns = refs.flatMap((ref) => findTarget(targets, ref)?.column ?? [])
  return { columns, whyNot: columns.length === 1 ? whyNot : null }
})

/** What is asked of the relevance matrix. */
export function selectFocus(state: State): Focus {
  const { preview, whyNot } = state.viewing
  return focusOf(state.explaining.answer?.targets ?? noTargets, explainedTokens(state), preview === null ? whyNot : null)
}
const noTargets: readonly Target[] = []

const valuesOf = remember((map: Answer['map'], focus: Focus): Float32Array | null =>
  map.kind === 'full' && focus.columns.length > 0 ? focusRelevance(map.matrix, focus) : null,
)

/** Relevance of every input for what is asked, in nats; `null` until the full map is there. */
function selectValues(state: State): Float32Array | null {
  const { answer } = state.explaining
  return answer === null ? null : valuesOf(answer.map, selectFocus(state))
}

const mapOf = remember((answer: Answer, focus: Focus): ShownMap | null => {
  if (answer.grid === null || focus.columns.length === 0) return null
  if (answer.map.kind === 'coarse') return coarseMap(answer.map.coarse, focus)
  return answer.map.kind === 'full' ? patchMap(answer.inputs, focusRelevance(answer.map.matrix, focus), answer.grid) : null
})

/** The map over the picture for what is asked; `null` when there is none. */
export function selectMap(state: State): ShownMap | null {
  const { answer } = state.explaining
  return answer === null ? null : mapOf(answer, selectFocus(state))
}

/** The map over a picture for given targets of any answer. */
export function mapFor(answer: Answer, focus: Focus): ShownMap | null {
  return mapOf(answer, focus)
}

const wholeAnswer = remember((answer: Answer, part: 'image' | 'text'): number => {
  const { map, inputs, targets } = answer
  if (map.kind === 'full') return answerScale(inputs, targets, map.matrix, part)
  return map.kind === 'coarse' && part === 'image' ? answerMaximum(map.coarse.values) : 0
})
const wholeAnswerText = remember((answer: Answer) => {
  const { map, inputs, targets } = answer
  return map.kind === 'full' ? answerScale(inputs, targets, map.matrix, 'text') : 0
})

/** Full colour of the map, in nats; 0 when there is no map. */
export function selectMaximum(state: State): number {
  const map = selectMap(state)
  const { answer } = state.explaining
  if (map === null || answer === null) return 0
  return fullColour(state.settings.scale, () => wholeAnswer(answer, 'image'), map.values)
}

/** Full colour of words, in nats. */
export function selectTextMaximum(state: State): number {
  const { answer } = state.explaining
  const words = selectWords(state)
  if (answer === null) return 0
  return fullColour(
    state.settings.scale,
    () => wholeAnswerText(answer),
    words.map(({ nats }) => nats),
  )
}

/** Full colour of a scale, in nats. */
export function fullColour(scale: Scale, answer: () => number, values: Iterable<number>): number {
  switch (scale) {
    case 'answer':
      return answer()
    case 'token':
      return largest(values)
    case 'absolute':
      return absoluteMaximum
  }
}

const clearOf = remember((map: ShownMap) => isClear(map.values))

/** Whether the map says anything. */
export function selectClear(state: State): boolean {
  const map = selectMap(state)
  return map !== null && clearOf(map)
}

/** Where a token stands in the sequence. */
export function positionOf({ grid, prompt }: Answer, ref: TargetRef): Position {
  return targetPosition(ref, grid === null ? 0 : patchCount(grid), prompt.length)
}

const wordsOf = remember((answer: Answer, values: Float32Array, refs: readonly TargetRef[]): WeighedInput[] =>
  shownWords(answer.inputs, values, position(Math.min(...refs.map((ref) => positionOf(answer, ref))))),
)

/** Words before the explained token with their relevance, in the order of the text. */
export function selectWords(state: State): readonly WeighedInput[] {
  const values = selectValues(state)
  const { answer } = state.explaining
  return values === null || answer === null ? noWords : wordsOf(answer, values, explainedTokens(state))
}
const noWords: readonly WeighedInput[] = []

const passagesOf = remember((answer: Answer, values: Float32Array, refs: readonly TargetRef[]): readonly WeighedInput[] =>
  shownChunks(answer.inputs, values, position(Math.min(...refs.map((ref) => positionOf(answer, ref))))),
)

/** Sentences or paragraphs before the explained token with their relevance, in the order of the text. */
export function selectPassages(state: State): readonly WeighedInput[] {
  const values = selectValues(state)
  const { answer } = state.explaining
  return values === null || answer === null ? noWords : passagesOf(answer, values, explainedTokens(state))
}

const tokenNatsOf = remember((words: readonly WeighedInput[]): ReadonlyMap<number, number> => {
  const nats = new Map<number, number>()
  for (const word of words) for (const member of word.input.members) nats.set(member, word.nats)
  return nats
})

/** What each text position did for the explained token, in nats, by position. */
export function selectTokenNats(state: State): ReadonlyMap<number, number> {
  return tokenNatsOf(selectWords(state))
}

const dropsOf = remember((answer: Answer, part: Part | null): readonly Drop[] => {
  if (part === null || answer.map.kind !== 'full') return []
  const last = Math.max(...part.positions)
  const rows = partInputs(answer.inputs, part).map(({ index }) => index)
  return drops(answer.map.matrix, answer.targets, rows, (target) => positionOf(answer, target) > last)
})

/** How much each token drops when the chosen part is suppressed. */
export function selectDrops(state: State): readonly Drop[] {
  const { answer } = state.explaining
  return answer === null ? noDrops : dropsOf(answer, state.viewing.part)
}
const noDrops: readonly Drop[] = []

/** Inputs that stand for a chosen part: its patches one by one, or the word. */
function partInputs(inputs: readonly Input[], { kind, positions }: Part): Input[] {
  if (kind === 'patches') {
    const wanted = new Set(positions)
    return inputs.filter((input) => input.kind === 'patch' && wanted.has(input.members[0] ?? -1))
  }
  const same = (input: Input): boolean =>
    input.members.length === positions.length && input.members.every((member, place) => member === positions[place])
  return inputs.filter((input) => input.kind !== 'patch' && same(input)).slice(0, 1)
}

const neighboursOf = remember(
  (similarity: NonNullable<State['similarity']>, at: number, suppression: Suppression): readonly Neighbour[] =>
    neighbours(at, similarity.cosines.subarray(at * similarity.length, (at + 1) * similarity.length), suppression),
)

/** The cosine neighbours of the hovered patch, or of the only chosen one, under the parameters as they are set now. */
export function selectNeighbours(state: State): readonly Neighbour[] {
  const at = inspectedPosition(state)
  const { similarity, settings, explaining } = state
  if (at === null || similarity === null || similarity.entry !== explaining.answer?.entry) return noNeighbours
  return neighboursOf(similarity, at, settings.suppression)
}
const noNeighbours: readonly Neighbour[] = []

/** Position of the part whose neighbours are shown. */
function inspectedPosition({ viewing: { hovered, part }, explaining: { answer } }: State): number | null {
  if (hovered !== null && answer?.grid) return patchAt(answer.grid, hovered)
  return part?.positions.length === 1 ? (part.positions[0] ?? null) : null
}

/** Whether the answer was made with other parameters than those set now. */
export function selectStale({ explaining: { answer }, settings }: State): boolean {
  return answer !== null && answer.map.kind !== 'none' && !sameSuppression(answer.question.suppression, settings.suppression)
}

/** Whether two suppressions are the same. */
export function sameSuppression(first: Suppression, second: Suppression): boolean {
  return JSON.stringify(ordered(first)) === JSON.stringify(ordered(second))
}

function ordered({ strength, threshold, variant, layers }: Suppression): unknown[] {
  return [strength, threshold, variant, layers]
}

/** Whether something is being computed. */
export function isBusy({ explaining: { run } }: State): boolean {
  return run.kind === 'queued' || run.kind === 'reading' || run.kind === 'writing' || run.kind === 'sweeping'
}

/** Key of a cell for comparing. */
export function sameCell(first: Cell | null, second: Cell | null): boolean {
  return first?.row === second?.row && first?.column === second?.column
}
