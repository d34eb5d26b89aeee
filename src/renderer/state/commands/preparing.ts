import type { WhenceHost } from '../../host/host.ts'
import { isRunning } from '../run.ts'
import type { Store } from '../store.ts'

/** Doing ahead what the next question about a picture will need. */
export interface Preparing {
  /** The person is writing a question: the picture is prepared meanwhile, once for each way of suppressing. */
  readonly begin: () => void
  /** Makes way for the question itself; what is prepared so far is kept. */
  readonly stop: () => void
}

/** Makes the commands. Whatever goes wrong is reported by the question itself. */
export function createPreparing(host: WhenceHost, store: Store): Preparing {
  let done = ''
  let current: AbortController | null = null
  const prepare = async (sha256: string, key: string, signal: AbortSignal): Promise<void> => {
    const { suppression } = store.getState().settings
    for await (const _ of host.stream('picture.prepare', { sha256, suppression }, signal)) if (signal.aborted) return
    done = key
  }
  return {
    begin: () => {
      const { asking, settings, explaining } = store.getState()
      if (asking.picture === null || current !== null) return
      if (isRunning(explaining.run) || explaining.behind > 0) return
      const key = JSON.stringify([asking.picture.sha256, settings.suppression])
      if (key === done) return
      const control = new AbortController()
      current = control
      prepare(asking.picture.sha256, key, control.signal)
        .catch(() => {})
        .finally(() => {
          if (current === control) current = null
        })
    },
    stop: () => {
      current?.abort()
      current = null
    },
  }
}
