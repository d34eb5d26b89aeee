import { standsBefore } from '../atman/relevance.ts'
import type { Position } from '../values/brand.ts'
import type { Input } from './record.ts'

/** A part of the input and what it did for what is asked. */
export interface WeighedInput {
  readonly input: Input
  /** Relevance, in nats. */
  readonly nats: number
}

/**
 * Words that stand before a position, in the order of the text. A word of several tokens takes the place of its tokens; chunks are left out.
 * @param values one number per input, in nats
 * @param before position of the first target asked about
 */
export function shownWords(inputs: readonly Input[], values: Float32Array, before: Position): WeighedInput[] {
  const whole = new Set(inputs.filter(({ kind }) => kind === 'word').flatMap(({ members }) => members))
  const isWord = ({ kind, members }: Input): boolean =>
    kind === 'word' || (kind === 'token' && !members.some((member) => whole.has(member)))
  return weighed(inputs, values, before, isWord).sort(byPlace)
}

/** Sentences or paragraphs that stand before a position, in the order of the text. */
export function shownChunks(inputs: readonly Input[], values: Float32Array, before: Position): WeighedInput[] {
  return weighed(inputs, values, before, ({ kind }) => kind === 'chunk').sort(byPlace)
}

/** The strongest by size of relevance, strongest first. */
export function strongestFirst(list: readonly WeighedInput[]): WeighedInput[] {
  return [...list].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats))
}

function weighed(
  inputs: readonly Input[],
  values: Float32Array,
  before: Position,
  wanted: (input: Input) => boolean,
): WeighedInput[] {
  return inputs
    .filter((input) => wanted(input) && standsBefore(input, before))
    .map((input) => ({ input, nats: values[input.index] ?? 0 }))
}

function byPlace(first: WeighedInput, second: WeighedInput): number {
  return (first.input.members[0] ?? 0) - (second.input.members[0] ?? 0)
}
