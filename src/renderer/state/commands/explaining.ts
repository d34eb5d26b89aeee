import type { EventOf } from '../../../shared/contract/types.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Answer, Asked } from '../answer.ts'
import { completionText, openAnswer, withEvent } from '../answer.ts'
import type { Run } from '../run.ts'
import { isRunning, runAfter } from '../run.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { clearView, pinStrongest, showAnswer } from './clear-view.ts'
import { notify, wasCancelled, wordsFor } from './notify.ts'

/**
 * Asking for explanations. The newest question is shown; what was asked before goes on behind it until it is in the history, one after the other as the
 * engine comes to it.
 */
export interface Explaining {
  /** Lets the model complete the prompt, or takes the given target, and explains it. */
  readonly write: () => Promise<void>
  /** Computes the shown question again with the parameters set now; the old map stays until the new one comes. */
  readonly recompute: () => Promise<void>
  /** Computes an entry of the history whose numbers are no longer kept, as it was asked. */
  readonly again: () => Promise<void>
  /** Computes the shown question again with the prompt's tokens as targets too, where they were left out. */
  readonly widen: () => Promise<void>
  /** Stops the work on what is shown. */
  readonly cancel: () => void
  /** Stops what is worked on behind the shown question. */
  readonly cancelBehind: () => void
  /** Something else is about to be shown: the work goes on behind it. */
  readonly leave: () => void
}

/** What others want to know of it. */
export interface ExplainingNews {
  /** A request is about to be sent. */
  readonly beginning: () => void
  /** The library has a new entry. @param shown whether it is the explanation that is shown */
  readonly saved: (entry: string, shown: boolean) => void
  /** Shows an entry of the history. */
  readonly open: (entry: string) => void
}

/** A question that is being worked on. */
interface Job {
  readonly asked: Asked
  readonly control: AbortController
  /** Whether what was shown before stays until this has a map. */
  keepOld: boolean
  /** What was shown before it. */
  readonly before: Answer | null
  pending: Answer
  run: Run
}

/** Makes the commands. */
export function createExplaining(host: WhenceHost, store: Store, news: ExplainingNews): Explaining {
  const jobs = new Set<Job>()
  let shown: Job | null = null

  const count = (): void => {
    const behind = jobs.size - (shown !== null && jobs.has(shown) ? 1 : 0)
    if (behind !== store.getState().explaining.behind) change(store, 'explaining', { behind })
  }
  const heard = (job: Job, event: EventOf<'explain.start'>): void => {
    job.pending = withEvent(job.pending, event)
    job.run = runAfter(job.run, event, job.pending, performance.now())
    if (shown === job) show(store, job, event)
    if (event.kind !== 'saved') return
    news.saved(event.entry, shown === job)
    if (shown !== job) announce(store, job.pending, () => news.open(event.entry))
  }
  const ended = (job: Job, error: unknown): void => {
    if (shown !== job) {
      if (!wasCancelled(error, job.control.signal)) notify(store, { kind: 'error', text: `${nameOf(job)}: ${wordsFor(error)}` })
    } else if (wasCancelled(error, job.control.signal)) change(store, 'explaining', { run: { kind: 'cancelled' } })
    else {
      fail(store, wordsFor(error))
      showAgain(store, job)
    }
  }
  const read = async (job: Job): Promise<void> => {
    try {
      for await (const event of host.stream('explain.start', { ...job.asked, fresh: false }, job.control.signal)) {
        if (job.control.signal.aborted) return
        heard(job, event)
      }
      if (shown === job && !job.control.signal.aborted) change(store, 'explaining', { run: { kind: 'idle' } })
    } catch (error) {
      ended(job, error)
    } finally {
      jobs.delete(job)
      count()
    }
  }
  const run = async (asked: Asked, keepOld: boolean, pictureName: string | null): Promise<void> => {
    const same = [...jobs].find((job) => !job.control.signal.aborted && sameQuestion(job.asked, asked))
    if (same !== undefined) {
      // It is being worked on already: it is shown, and not asked a second time.
      if (shown !== same) {
        same.keepOld = false
        begin(store, same.pending, false, same.run)
      }
      shown = same
      count()
      return
    }
    news.beginning()
    const pending = openAnswer(asked, pictureName)
    const before = store.getState().explaining.answer
    const job: Job = { asked, control: new AbortController(), keepOld, before, pending, run: { kind: 'reading' } }
    jobs.add(job)
    shown = job
    begin(store, pending, keepOld, job.run)
    count()
    await read(job)
  }
  const again = async (part: Partial<Asked>): Promise<void> => {
    const { answer } = store.getState().explaining
    if (answer !== null) await run({ ...answer.asked, ...part }, answer.known.numbers.kind !== 'none', answer.pictureName)
  }

  return {
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
    cancel: () => {
      if (shown === null || !jobs.has(shown) || shown.control.signal.aborted) return
      shown.control.abort()
      change(store, 'explaining', { run: { kind: 'cancelled' } })
    },
    cancelBehind: () => {
      for (const job of jobs) if (job !== shown) job.control.abort()
    },
    leave: () => {
      shown = null
      count()
    },
  }
}

function sameQuestion(first: Asked, second: Asked): boolean {
  return JSON.stringify(Object.entries(first).sort()) === JSON.stringify(Object.entries(second).sort())
}

function askedIn(store: Store): Asked {
  const { asking, settings } = store.getState()
  const { suppression, sampling } = settings
  const target = asking.target?.trim() ? asking.target : null
  const base = { picture: asking.picture?.sha256 ?? null, prompt: asking.prompt, target, sampling, suppression }
  return { ...base, targets: 'all', chunks: asking.picture === null ? 'sentence' : null }
}

function begin(store: Store, pending: Answer, keepOld: boolean, run: Run): void {
  if (keepOld) change(store, 'explaining', { run })
  else {
    clearView(store)
    change(store, 'explaining', { answer: pending, run, firstRun: false, forgotten: null })
    pinStrongest(store)
  }
}

function show(store: Store, { pending, keepOld, run }: Job, event: EventOf<'explain.start'>): void {
  change(store, 'explaining', { run })
  if (!keepOld || pending.known.numbers.kind !== 'none') showAnswer(store, pending)
  if (event.kind === 'coarse' || event.kind === 'relevance' || event.kind === 'done') pinStrongest(store)
}

/** Refused before a word was written: what was shown is still worth more than nothing. */
function showAgain(store: Store, { pending, asked, before, keepOld }: Job): void {
  if (keepOld || pending.known.completion.length > 0 || before === null || asked.picture !== before.asked.picture) return
  showAnswer(store, before)
  pinStrongest(store)
}

function announce(store: Store, answer: Answer, open: () => void): void {
  const text = completionText(answer).trim()
  const name = text === '' ? (answer.pictureName ?? 'The text') : `“${text}”`
  notify(store, { kind: 'info', text: `${name} is explained.`, action: { label: 'Show', run: open } })
}

function nameOf({ pending, asked }: Job): string {
  return pending.pictureName ?? `“${asked.prompt.trim()}”`
}

function fail(store: Store, message: string): void {
  change(store, 'explaining', { run: { kind: 'failed', message } })
  notify(store, { kind: 'error', text: message })
}
