import type { EventOf, RequestOf } from '../../shared/contract/types.ts'
import type { JointPass } from '../../shared/explanation/joint-pass.ts'
import type { KnownExplanation } from '../../shared/explanation/known.ts'
import { exactNumbers, knownOf } from '../../shared/explanation/known.ts'
import type { Part } from '../../shared/explanation/question.ts'
import { samePart } from '../../shared/explanation/part.ts'
import type { Explanation, ExplainTimings } from '../../shared/explanation/record.ts'
import { assertNever } from '../../shared/values/assert-never.ts'

/** What was asked of the model: everything that decides the numbers. */
export type Asked = Omit<RequestOf<'explain.start'>, 'fresh'>

/** An explanation as far as it is known, and where it comes from. */
export interface Answer {
  readonly asked: Asked
  /** The picture's name as the person dropped it. */
  readonly pictureName: string | null
  readonly known: KnownExplanation
  /** Whether the completion is written to its end. */
  readonly finished: boolean
  readonly timings: ExplainTimings | null
  /** History entry that keeps it; `null` until it is saved. */
  readonly entry: string | null
}

/** An answer of which nothing is known yet. */
export function openAnswer(asked: Asked, pictureName: string | null): Answer {
  const { suppression } = asked
  const known: KnownExplanation = {
    picture: null,
    grid: null,
    suppression,
    prompt: [],
    completion: [],
    inputs: [],
    targets: [],
    numbers: { kind: 'none' },
    joint: [],
  }
  return { asked, pictureName, known, finished: false, timings: null, entry: null }
}

/** What an event adds to an answer; progress adds nothing. */
export function withEvent(answer: Answer, event: EventOf<'explain.start'>): Answer {
  switch (event.kind) {
    case 'image-ready':
      return adding(answer, { grid: event.grid, picture: event.picture })
    case 'prompt':
      return adding(answer, { prompt: event.tokens })
    case 'token':
      return adding(answer, { completion: [...answer.known.completion, event.token] })
    case 'completion':
      return { ...adding(answer, { completion: event.tokens }), finished: true }
    case 'coarse': {
      const { numbers } = answer.known
      const first = numbers.kind === 'preview' ? numbers.first : event.map
      return adding(answer, { targets: event.map.targets, numbers: { kind: 'preview', map: event.map, first } })
    }
    case 'relevance': {
      const { inputs, targets, relevance } = event
      return adding(answer, { inputs, targets, numbers: exactNumbers({ ...answer.known, inputs, targets }, relevance) })
    }
    case 'done':
      return withExplanation(answer, event.explanation)
    case 'saved':
      return { ...answer, entry: event.entry }
    case 'queued':
    case 'bank-progress':
    case 'sweep-progress':
      return answer
    default:
      return assertNever(event)
  }
}

/** A finished explanation as an answer, for example one from the history. */
export function answerOf(explanation: Explanation, pictureName: string | null, entry: string | null): Answer {
  const { sampling, suppression, targets, chunks } = explanation.parameters
  const { prompt, completion, picture } = explanation
  const target = completion.given ? completion.text : null
  const asked = { picture: picture?.sha256 ?? null, prompt: prompt.text, target, sampling, suppression, targets, chunks }
  return { ...withExplanation(openAnswer(asked, pictureName), explanation), entry }
}

/** The answer with one more joint pass. */
export function withJointPass(answer: Answer, pass: JointPass): Answer {
  const part: Part = { kind: 'patches', positions: pass.members }
  const others = answer.known.joint.filter(({ members }) => !samePart(part, { kind: 'patches', positions: members }))
  return adding(answer, { joint: [...others, pass] })
}

/** What the model wrote, or was given, so far. */
export function completionText({ known }: Answer): string {
  return known.completion.map(({ text }) => text).join('')
}

function adding(answer: Answer, part: Partial<KnownExplanation>): Answer {
  return { ...answer, known: { ...answer.known, ...part } }
}

function withExplanation(answer: Answer, explanation: Explanation): Answer {
  return { ...answer, known: knownOf(explanation, answer.known.joint), finished: true, timings: explanation.timings }
}
