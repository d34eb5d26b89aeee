import { fail } from '../../../shared/contract/failure.ts'
import type { KnownExplanation } from '../../../shared/explanation/known.ts'
import { tokenLabel } from '../../../shared/explanation/labels.ts'
import { fromOne } from '../../../shared/explanation/numbers.ts'
import type { About, Against, Question } from '../../../shared/explanation/question.ts'
import { tokensAbout } from '../../../shared/explanation/target-ref.ts'
import type { Target } from '../../../shared/explanation/record.ts'
import { findTarget } from '../../../shared/explanation/target-ref.ts'
import { rivalOf } from '../../../shared/explanation/view/effects.ts'
import { subjectOf } from '../../../shared/explanation/view/subject.ts'
import type { Asked } from './asked.ts'
import { partOf } from './part-of.ts'

/**
 * The question that was asked, of an explanation: the same that the window asks.
 * @param prompt the prompt's text, in which `--without` finds words
 * @throws `token-out-of-range`, `candidate-unknown`, `option-invalid` for a candidate or a part that the explanation does not have
 */
export function questionOf(known: KnownExplanation, prompt: string, asked: Asked): Question {
  const about = aboutOf(known, asked)
  const against = asked.whyNot === null ? ({ kind: 'nothing' } as const) : rivalIn(known, about, asked.whyNot)
  const without = asked.without.length === 0 ? null : partOf(known, prompt, asked.without)
  return { about, against, without, scale: asked.scale }
}

/** The tokens that are named; the only one where no other is watched; else the whole answer. */
function aboutOf(known: KnownExplanation, { tokens }: Asked): About {
  const named = tokens.map((index) => ({ segment: 'completion', index }) as const)
  const unknown = named.find((ref) => findTarget(known.targets, ref) === undefined)
  if (unknown !== undefined) fail('token-out-of-range', { token: unknown.index, tokens: known.completion.length })
  if (named.length > 0) return tokensAbout(named)
  const [only, ...others] = known.targets.filter(({ segment }) => segment === 'completion')
  return only !== undefined && others.length === 0
    ? tokensAbout([{ segment: only.segment, index: only.index }])
    : { kind: 'answer' }
}

function rivalIn(known: KnownExplanation, about: About, wanted: string): Against {
  const subject = subjectOf(known, about)
  const [target, ...others] = subject.targets
  if (target === undefined || others.length > 0) return refuse('it asks about one token; name it with --tokens')
  const place = placeOf(target, wanted)
  if (target.candidates[place]?.id === target.id) refuse(`"${wanted}" is the explained token itself`)
  const against = { kind: 'candidate', place } as const
  rivalOf(known.numbers, subject, against)
  return against
}

/** A candidate by its text, as it is spelled or spoken of, else by its place from 1. */
function placeOf({ candidates }: Target, wanted: string): number {
  const spelled = candidates.findIndex(({ text }) => text === wanted)
  if (spelled >= 0) return spelled
  const spoken = candidates.findIndex(({ text }) => tokenLabel(text) === wanted.trim())
  if (spoken >= 0) return spoken
  const place = /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1
  if (place >= 0 && place < candidates.length) return place
  const listed = candidates.map(({ text }, at) => `${fromOne(at)} ${tokenLabel(text)}`).join(', ')
  return refuse(`"${wanted}" is none of the candidates: ${listed}`)
}

function refuse(reason: string): never {
  return fail('option-invalid', { option: '--why-not', reason })
}
