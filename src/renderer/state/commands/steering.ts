import type { Part } from '../../../shared/explanation/question.ts'
import { samePart } from '../../../shared/explanation/part.ts'
import type { GeneratedToken } from '../../../shared/explanation/record.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { notify, wasCancelled, wordsFor } from './notify.ts'

/** Writing again with some parts attended to more or less. */
export interface Steering {
  /** Sets the factor of a part; 1 takes the part out again. */
  readonly factor: (part: Part, factor: number) => void
  /** Takes a part out. */
  readonly drop: (part: Part) => void
  /** Writes the completion under the factors set, beside the plain one. */
  readonly write: () => Promise<void>
  readonly clear: () => void
}

/** Makes the commands. */
export function createSteering(host: WhenceHost, store: Store): Steering {
  let current: AbortController | null = null
  const drop = (part: Part): void =>
    change(store, 'steering', { parts: store.getState().steering.parts.filter((other) => !samePart(other.part, part)) })
  return {
    drop,
    factor: (part, factor) => {
      const { parts } = store.getState().steering
      const known = parts.some((other) => samePart(other.part, part))
      const next = known
        ? parts.map((other) => (samePart(other.part, part) ? { part, factor } : other))
        : [...parts, { part, factor }]
      change(store, 'steering', { parts: next })
    },
    clear: () => {
      current?.abort()
      change(store, 'steering', { parts: [], running: false, result: null })
    },
    write: async () => {
      current?.abort()
      const control = new AbortController()
      current = control
      await write(host, store, control.signal)
    },
  }
}

async function write(host: WhenceHost, store: Store, signal: AbortSignal): Promise<void> {
  const { explaining, steering, settings } = store.getState()
  if (explaining.answer === null) return
  const { picture, prompt, sampling } = explaining.answer.asked
  const { parts } = steering
  const factors = parts.map(({ part, factor }) => ({ positions: [...part.positions], factor }))
  let tokens: readonly GeneratedToken[] = []
  change(store, 'steering', { running: true, result: { parts, tokens, finished: false } })
  try {
    const request = { picture, prompt, sampling, steering: factors, suppression: settings.suppression }
    for await (const event of host.stream('generate.start', request, signal)) {
      if (signal.aborted) return
      if (event.kind === 'token') tokens = [...tokens, event.token]
      if (event.kind === 'completion') ({ tokens } = event)
      change(store, 'steering', { result: { parts, tokens, finished: event.kind === 'completion' } })
    }
  } catch (error) {
    if (!wasCancelled(error, signal)) notify(store, { kind: 'error', text: wordsFor(error) })
  } finally {
    if (!signal.aborted) change(store, 'steering', { running: false })
  }
}
