import type { WhenceHost } from '../../host/host.ts'
import type { Asked } from '../answer.ts'
import { isRunning } from '../run.ts'
import type { Store } from '../store.ts'
import type { ExplainingNews, Jobs } from './jobs.ts'
import { createJobs } from './jobs.ts'

/**
 * Asking for explanations. The newest question is shown; what was asked before goes on behind it until it is in the history, one after the other as the
 * engine comes to it.
 */
export interface Explaining extends Omit<Jobs, 'run'> {
  /** Lets the model complete the prompt, or takes the given target, and explains it. */
  readonly write: () => Promise<void>
  /** Computes the shown question again with the parameters set now; the old map stays until the new one comes. */
  readonly recompute: () => Promise<void>
  /** Computes an entry of the history whose numbers are no longer kept, as it was asked. */
  readonly again: () => Promise<void>
  /** Computes the shown question again with the prompt's tokens as targets too, where they were left out. */
  readonly widen: () => Promise<void>
}

/** Makes the commands. */
export function createExplaining(host: WhenceHost, store: Store, news: ExplainingNews): Explaining {
  const { run, ...jobs } = createJobs(host, store, news)
  const again = async (part: Partial<Asked>): Promise<void> => {
    const { answer } = store.getState().explaining
    if (answer !== null) await run({ ...answer.asked, ...part }, answer.known.numbers.kind !== 'none', answer.pictureName)
  }
  return {
    ...jobs,
    write: () => run(askedIn(store), false, store.getState().asking.picture?.name ?? null),
    // The same completion as before: only the way of suppressing differs.
    recompute: () => again({ suppression: store.getState().settings.suppression }),
    widen: async () => {
      const { answer, run: current } = store.getState().explaining
      if (answer?.known.numbers.kind !== 'exact' || answer.asked.targets === 'all' || isRunning(current)) return
      await again({ targets: 'all' })
    },
    again: async () => {
      const { forgotten } = store.getState().explaining
      if (forgotten === null) return
      const { picture, prompt, target, sampling, suppression, targets, chunks, pictureName } = forgotten
      await run({ picture, prompt, target, sampling, suppression, targets, chunks }, false, pictureName)
    },
  }
}

function askedIn(store: Store): Asked {
  const { asking, settings } = store.getState()
  const { suppression, sampling } = settings
  const target = asking.target?.trim() ? asking.target : null
  const base = { picture: asking.picture?.sha256 ?? null, prompt: asking.prompt, target, sampling, suppression }
  return { ...base, targets: 'all', chunks: asking.picture === null ? 'sentence' : null }
}
