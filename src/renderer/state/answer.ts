import type {
  Explanation,
  ExplainTimings,
  GeneratedToken,
  Input,
  PictureProvenance,
  RelevanceMatrix,
  Target,
  TextToken,
} from '../../shared/explanation/record.ts'
import type { PatchGrid } from '../../shared/explanation/record.ts'
import type { EventOf, RequestOf } from '../../shared/contract/types.ts'

/** What was asked: everything that decides the numbers. */
export type Question = Omit<RequestOf<'explain.start'>, 'fresh'>

/** A map of blocks, shown until the full one is there. */
export type Coarse = Extract<EventOf<'explain.start'>, { kind: 'coarse' }>['map']

/** How much of the relevance is known. */
export type AnswerMap =
  | { readonly kind: 'none' }
  | { readonly kind: 'coarse'; readonly coarse: Coarse }
  | { readonly kind: 'full'; readonly matrix: RelevanceMatrix }

/** A completion as far as it is known, with its relevance as far as it is known. */
export interface Answer {
  readonly question: Question
  /** The picture's name as the person dropped it. */
  readonly pictureName: string | null
  readonly provenance: PictureProvenance | null
  readonly grid: PatchGrid | null
  readonly prompt: readonly TextToken[]
  readonly completion: { readonly text: string; readonly tokens: readonly GeneratedToken[]; readonly finished: boolean }
  readonly inputs: readonly Input[]
  readonly targets: readonly Target[]
  readonly map: AnswerMap
  readonly timings: ExplainTimings | null
  /** History entry that keeps it; `null` until it is saved. */
  readonly entry: string | null
}

/** An answer of which nothing is known yet. */
export function openAnswer(question: Question, pictureName: string | null): Answer {
  return {
    question,
    pictureName,
    provenance: null,
    grid: null,
    prompt: [],
    completion: { text: '', tokens: [], finished: false },
    inputs: [],
    targets: [],
    map: { kind: 'none' },
    timings: null,
    entry: null,
  }
}

/** What an event adds to an answer; progress adds nothing. */
export function withEvent(answer: Answer, event: EventOf<'explain.start'>): Answer {
  switch (event.kind) {
    case 'image-ready':
      return { ...answer, grid: event.grid, provenance: event.picture }
    case 'prompt':
      return { ...answer, prompt: event.tokens }
    case 'token':
      return { ...answer, completion: withToken(answer.completion, event.token) }
    case 'completion':
      return { ...answer, completion: { text: event.text, tokens: event.tokens, finished: true } }
    case 'coarse':
      return { ...answer, targets: event.map.targets, map: { kind: 'coarse', coarse: event.map } }
    case 'relevance':
      return { ...answer, inputs: event.inputs, targets: event.targets, map: { kind: 'full', matrix: event.relevance } }
    case 'done':
      return withExplanation(answer, event.explanation)
    case 'saved':
      return { ...answer, entry: event.entry }
    case 'queued':
    case 'bank-progress':
    case 'sweep-progress':
      return answer
  }
}

/** A finished explanation as an answer, for example one from the history. */
export function answerOf(explanation: Explanation, pictureName: string | null, entry: string | null): Answer {
  const { sampling, suppression, targets, chunks } = explanation.parameters
  const { prompt, completion, picture } = explanation
  const target = completion.given ? completion.text : null
  const question = { picture: picture?.sha256 ?? null, prompt: prompt.text, target, sampling, suppression, targets, chunks }
  return { ...withExplanation(openAnswer(question, pictureName), explanation), entry }
}

function withToken(completion: Answer['completion'], token: GeneratedToken): Answer['completion'] {
  return { ...completion, text: completion.text + token.text, tokens: [...completion.tokens, token] }
}

function withExplanation(answer: Answer, explanation: Explanation): Answer {
  const { picture, grid, prompt, completion, inputs, targets, relevance, timings } = explanation
  return {
    ...answer,
    provenance: picture,
    grid,
    prompt: prompt.tokens,
    completion: { text: completion.text, tokens: completion.tokens, finished: true },
    inputs,
    targets,
    map: { kind: 'full', matrix: relevance },
    timings,
  }
}
