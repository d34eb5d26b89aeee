import { standsBefore } from '../../atman/relevance.ts'
import { tokenPosition } from '../../sequence/sequence.ts'
import { element } from '../../values/element.ts'
import type { Claim } from '../claim.ts'
import type { KnownExplanation } from '../known.ts'
import { sequenceOfKnown } from '../known.ts'
import { inputLabel, numberedLabels } from '../labels.ts'
import type { Scale } from '../question.ts'
import type { Input, Target } from '../record.ts'
import { absoluteMaximum, largest, leastMaximum, normalise } from '../scale.ts'
import { kindWords } from '../wording.ts'
import { targetLabels } from './subject.ts'
import type { ViewScale } from './view-scale.ts'
import { answerTargets } from './whole-maximum.ts'
import { knownMaximum, viewScale } from './view-scale.ts'

/** An input as a row of the table or a column of the matrix. */
export interface MatrixInput {
  readonly input: Input
  /** "row 4, column 7" or its text; equal words are numbered. */
  readonly label: string
  /** "patch", "token", "word", "passage". */
  readonly kind: string
}

/** A token as a column of the table or a row of the matrix. */
export interface MatrixTarget {
  readonly target: Target
  /** As it is spoken of; equal words are numbered. */
  readonly label: string
}

/** All inputs against all targets. */
export interface MatrixView {
  readonly inputs: readonly MatrixInput[]
  readonly targets: readonly MatrixTarget[]
  /** `[targets, inputs]`, in nats; NaN where the input was not read yet when the token was written. */
  readonly values: Float32Array
  /** Share of full colour, in [-1, 1]; 0 where there is no number. */
  readonly shares: Float32Array
}

/** The matrix on a scale; `null` before the exact numbers are there. */
export function matrixOf(known: KnownExplanation, scale: Scale): MatrixView | null {
  if (known.numbers.kind !== 'exact') return null
  const { values: relevance, targets: width } = known.numbers.relevance
  const { inputs, targets } = known
  const sequence = sequenceOfKnown(known)
  const values = new Float32Array(inputs.length * targets.length).fill(Number.NaN)
  targets.forEach((target, row) => {
    const before = tokenPosition(sequence, { role: target.segment, index: target.index })
    inputs.forEach((input, column) => {
      if (standsBefore(input, before))
        values[row * inputs.length + column] = element(relevance, input.index * width + target.column)
    })
  })
  return { inputs: matrixInputs(inputs), targets: matrixTargets(known), values, shares: sharesOf(known, scale, values) }
}

/** Inputs with their labels; equal words of one kind are numbered in the order of the text. */
function matrixInputs(inputs: readonly Input[]): MatrixInput[] {
  const text = inputs.filter(({ row }) => row === null)
  const numbered = new Map(
    [...Map.groupBy(text, ({ kind }) => kind).values()].flatMap((alike) => {
      const labels = numberedLabels(alike.map((input) => input.text))
      return alike.map((input, place) => [input.index, element(labels, place)] as const)
    }),
  )
  return inputs.map((input) => ({ input, label: numbered.get(input.index) ?? inputLabel(input), kind: kindWords[input.kind] }))
}

function matrixTargets(known: KnownExplanation): MatrixTarget[] {
  const labels = { prompt: targetLabels(known, 'prompt'), completion: targetLabels(known, 'completion') }
  return known.targets.map((target) => ({ target, label: element(labels[target.segment], target.index) }))
}

/** Every token on the scale that is chosen: one for all, or each its own, never less than ln 2. */
function sharesOf(known: KnownExplanation, scale: Scale, values: Float32Array): Float32Array {
  const width = known.inputs.length
  const shared = sharedMaximum(known, scale)
  const maxima = known.targets.map(
    (_, row) => shared ?? Math.max(leastMaximum, largest(values.subarray(row * width, (row + 1) * width))),
  )
  return values.map((nats, at) => normalise(nats, element(maxima, Math.floor(at / width))))
}

/**
 * The paper's metric for a whole completion: each input's relevance squared and summed over the targets it stands before, in square nats, by index of the
 * input (method, section 3). For inputs of one kind.
 */
export function sumsOfSquares(known: KnownExplanation, kind: 'patch' | 'token'): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  const matrix = matrixOf(known, 'absolute')
  if (matrix === null) return sums
  const rows = answerTargets(known.targets).map((target) => known.targets.indexOf(target))
  matrix.inputs.forEach(({ input }, column) => {
    if (input.kind !== kind) return
    const squares = rows
      .map((row) => element(matrix.values, row * matrix.inputs.length + column))
      .filter((nats) => !Number.isNaN(nats))
    sums.set(
      input.index,
      squares.reduce((sum, nats) => sum + nats ** 2, 0),
    )
  })
  return sums
}

/** Full colour of all tokens' maps side by side, in nats; `null` where each has its own. */
export function sharedMaximum(known: KnownExplanation, scale: Scale): number | null {
  if (scale === 'token') return null
  return scale === 'absolute' ? absoluteMaximum : Math.max(leastMaximum, knownMaximum(known))
}

/** The legend of the matrix, and of all tokens' maps side by side; where each token has its own scale, only its middle has a number. */
export function matrixScale(known: KnownExplanation, scale: Scale): Pick<ViewScale, 'ticks' | 'unit' | 'words'> {
  const claim: Claim = { measure: 'likelihood', tokens: 1, suppression: known.suppression, exactness: { kind: 'exact' } }
  const maximum = sharedMaximum(known, scale)
  const whole = viewScale(scale, scale, maximum ?? leastMaximum, claim, known.grid === null ? 'word' : 'patch')
  return maximum === null ? { ...whole, ticks: whole.ticks.filter(({ nats }) => nats === 0) } : whole
}
