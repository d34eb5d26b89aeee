import { tokenPosition } from '../../sequence/sequence.ts'
import type { Position } from '../../values/brand.ts'
import { position } from '../../values/brand.ts'
import { element } from '../../values/element.ts'
import type { KnownExplanation } from '../known.ts'
import { sequenceOfKnown } from '../known.ts'
import { numberedLabels, quoted, tokenLabel } from '../labels.ts'
import type { About, TargetRef } from '../question.ts'
import type { Target } from '../record.ts'
import { findTarget, follows } from '../target-ref.ts'
import { subjectNumbers, wholeAnswerWords } from '../wording.ts'

/** What a view is about: one token, or several as one. */
export interface Subject {
  /** The tokens asked about, in the order of the text. */
  readonly refs: readonly TargetRef[]
  /** Their columns of the matrix, in the order of the text; fewer where some are not watched. */
  readonly targets: readonly Target[]
  /** Whether it is the whole answer. */
  readonly whole: boolean
  /** What is explained, without quotation marks: "dog", "three cats", "the whole answer". */
  readonly label: string
  /** The same within a sentence: "“dog”". */
  readonly words: string
  /** "p 0.98 · −0.02 nats", "mean of 3 tokens", "not computed yet". */
  readonly numbers: string
  /** Where its first token stands: only inputs before it are shown. */
  readonly before: Position
}

/** What is asked about. */
export function subjectOf(known: KnownExplanation, about: About): Subject {
  const refs = refsOf(known, about)
  const targets = refs.map((ref) => findTarget(known.targets, ref)).filter((target) => target !== undefined)
  const whole = about.kind === 'answer'
  const label = whole ? wholeAnswerWords : labelOf(known, refs)
  return {
    refs,
    targets,
    whole,
    label,
    words: whole ? label : quoted(label),
    numbers: subjectNumbers(targets.map(({ logprob }) => logprob)),
    before: firstPosition(known, refs),
  }
}

/** The whole answer is the tokens of the completion that are watched; all watched ones where the completion is not. */
function refsOf({ targets }: KnownExplanation, about: About): readonly TargetRef[] {
  if (about.kind === 'tokens') return inOrder(about.tokens)
  const written = targets.filter(({ segment }) => segment === 'completion')
  return (written.length === 0 ? targets : written).map(({ segment, index }) => ({ segment, index }))
}

function inOrder(refs: readonly TargetRef[]): TargetRef[] {
  const place = ({ segment, index }: TargetRef): number => (segment === 'prompt' ? index : index + 2 ** 24)
  return [...refs].sort((first, second) => place(first) - place(second))
}

function labelOf(known: KnownExplanation, refs: readonly TargetRef[]): string {
  const [only, ...others] = refs
  if (only !== undefined && others.length === 0) return element(targetLabels(known, only.segment), only.index)
  const texts = refs.map((ref, place) => {
    const before = refs[place - 1]
    const { text } = element(tokensOf(known, ref.segment), ref.index)
    return before === undefined || follows(before, ref) ? text : `…${text}`
  })
  return tokenLabel(texts.join(''))
}

/** Labels of all tokens of a text; equal words are numbered. */
export function targetLabels(known: KnownExplanation, segment: TargetRef['segment']): readonly string[] {
  return numberedLabels(tokensOf(known, segment).map(({ text }) => text))
}

function tokensOf({ prompt, completion }: KnownExplanation, segment: TargetRef['segment']): readonly { readonly text: string }[] {
  return segment === 'prompt' ? prompt : completion
}

/** Position of the first of some tokens; after everything for none. */
function firstPosition(known: KnownExplanation, refs: readonly TargetRef[]): Position {
  const sequence = sequenceOfKnown(known)
  return position(Math.min(...refs.map(({ segment, index }) => tokenPosition(sequence, { role: segment, index }))))
}
