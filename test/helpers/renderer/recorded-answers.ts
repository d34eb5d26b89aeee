import type { Explanation } from '../../../src/shared/explanation/record.ts'
import type { ModelInfo } from '../../../src/shared/explanation/model/model-info.ts'
import type { Provider } from '../../../src/shared/explanation/parameters.ts'
import type { EventOf, ResponseOf } from '../../../src/shared/contract/types.ts'
import { unpackFloats } from './packed-floats.ts'

/** What the real engine said about a sample picture. */
export interface RecordedAnswer {
  /** Name of the sample. */
  readonly name: string
  readonly prompt: string
  readonly similarity: ResponseOf<'similarity.get'> | null
  /** In the order they came; without `queued` and `saved`, which the engine does not tell. */
  readonly events: readonly EventOf<'explain.start'>[]
  readonly explanation: Explanation
}

/** A recording made by `record-answers.ts`. */
export interface Recording {
  readonly info: ModelInfo
  readonly provider: Provider
  readonly answers: readonly RecordedAnswer[]
}

/** Reads a recording from its JSON. */
export function readRecording(text: string): Recording {
  const recording = unpackFloats(JSON.parse(text)) as Recording
  return { ...recording, answers: recording.answers.map(complete) }
}

/** `relevance` is recorded without its numbers, which `done` has too. */
function complete(answer: RecordedAnswer): RecordedAnswer {
  const done = answer.events.find((event) => event.kind === 'done')
  if (done === undefined) throw new Error(`the recording of ${answer.name} has no end`)
  const { inputs, targets, relevance } = done.explanation
  const whole = { kind: 'relevance' as const, inputs, targets, relevance }
  const events = answer.events.map((event) =>
    event.kind === 'relevance' ? whole : event.kind === 'done' ? { ...event, cached: false } : event,
  )
  return { ...answer, events, explanation: done.explanation }
}
