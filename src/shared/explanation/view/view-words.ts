import type { Tone } from '../../colour/ramp.ts'
import { standsBefore } from '../../atman/relevance.ts'
import type { Position } from '../../values/brand.ts'
import { element } from '../../values/element.ts'
import type { Suppressed } from '../claim.ts'
import { single, together } from '../claim.ts'
import type { KnownExplanation } from '../known.ts'
import type { Suppression } from '../parameters.ts'
import { numberedLabels } from '../labels.ts'
import type { Input } from '../record.ts'
import { isClear, normalise } from '../scale.ts'
import type { Effects } from './effects.ts'
import type { Subject } from './subject.ts'

/** A part of the text and what it did for what is asked, before it has a scale. */
export interface WordNumbers {
  readonly input: Input
  /** As it is spoken of; equal words are numbered in the order of the text. */
  readonly label: string
  /** Relevance, in nats. */
  readonly nats: number
  readonly suppressed: Suppressed
}

/** The same as it is drawn. */
export interface ViewWord extends WordNumbers {
  /** Share of full colour, in [-1, 1]. */
  readonly share: number
}

/** Words that stand before the subject, in the order of the text. A word of several tokens takes the place of its tokens. */
export function wordNumbers(known: KnownExplanation, subject: Subject, effects: Effects): WordNumbers[] {
  const whole = new Set(known.inputs.filter(({ kind }) => kind === 'word').flatMap(({ members }) => members))
  return textNumbers(
    known,
    subject,
    effects,
    ({ kind, members }) => kind === 'word' || (kind === 'token' && !members.some((member) => whole.has(member))),
  )
}

/** Sentences or paragraphs that stand before the subject, in the order of the text. */
export function passageNumbers(known: KnownExplanation, subject: Subject, effects: Effects): WordNumbers[] {
  return textNumbers(known, subject, effects, ({ kind }) => kind === 'chunk')
}

function textNumbers(
  { inputs, suppression }: KnownExplanation,
  { before }: Subject,
  { inputs: values }: Effects,
  wanted: (input: Input) => boolean,
): WordNumbers[] {
  if (values === null) return []
  const shown = inputs
    .filter((input) => wanted(input) && standsBefore(input, before))
    .sort((a, b) => firstMember(a) - firstMember(b))
  const labels = numberedLabels(shown.map(({ text }) => text))
  return shown.map((input, place) => ({
    input,
    label: element(labels, place),
    nats: element(values, input.index),
    suppressed: input.kind === 'token' ? single(suppression) : together(input.members.length),
  }))
}

function firstMember({ members }: Input): Position {
  return element(members, 0)
}

/** Words with their colours. */
export function drawnWords(words: readonly WordNumbers[], maximum: number): ViewWord[] {
  return words.map((word) => ({ ...word, share: normalise(word.nats, maximum) }))
}

/** Whether parts are drawn in colour, or in grey because they say nothing; f = 0 is never said to be unclear. */
export function textTone(parts: readonly { readonly nats: number }[], { strength }: Suppression): Tone {
  return strength === 0 || isClear(parts.map(({ nats }) => nats)) ? 'colour' : 'grey'
}

/** The strongest by size of relevance, strongest first; equal ones in the order of the text. */
export function strongestFirst<Part extends { readonly nats: number }>(parts: readonly Part[]): Part[] {
  return [...parts].sort((first, second) => Math.abs(second.nats) - Math.abs(first.nats))
}
