import { setImmediate as turn } from 'node:timers/promises'
import type { ExplainStreamEvent } from '../../../src/shared/contract/events.ts'
import type { RequestOf } from '../../../src/shared/contract/types.ts'
import { defaultSampling, defaultSuppression } from '../../../src/shared/explanation/parameters.ts'

/** What `explain.start` is asked. */
export type ExplainRequest = RequestOf<'explain.start'>
/** The whole history, as far as a test has one. */
export const all = { search: '', offset: 0, limit: 100 }

/** Asks for an explanation of a text, with everything as it is at first. */
export function ask(prompt: string, change: Partial<ExplainRequest> = {}): ExplainRequest {
  return {
    picture: null,
    prompt,
    target: null,
    sampling: defaultSampling,
    suppression: { ...defaultSuppression, layers: null },
    targets: 'completion',
    chunks: null,
    fresh: false,
    ...change,
  }
}

/** All events of a stream. */
export async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = []
  for await (const event of events) found.push(event)
  return found
}

/** What the events are about. */
export const kinds = (events: readonly { kind: string }[]): string[] => events.map(({ kind }) => kind)
/** The event with the explanation. */
export const doneIn = (events: readonly ExplainStreamEvent[]): Extract<ExplainStreamEvent, { kind: 'done' }> | undefined =>
  events.find((event) => event.kind === 'done')
/** Id of the entry that was saved. */
export const savedIn = (events: readonly ExplainStreamEvent[]): string =>
  events.find((event) => event.kind === 'saved')?.entry ?? ''

/** Waits until something holds; a hang is ended by the test's own limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn()
}

/** Events as they come. */
export function follow<Event>(events: AsyncIterable<Event>): { readonly seen: Event[]; readonly end: Promise<void> } {
  const seen: Event[] = []
  const end = (async () => {
    for await (const event of events) seen.push(event)
  })()
  return { seen, end }
}

/** What the work is refused with; `null` when it is not. */
export async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}
