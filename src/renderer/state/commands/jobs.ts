import type { EventOf } from '../../../shared/contract/types.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Answer, Asked } from '../answer.ts'
import { completionText, openAnswer, withEvent } from '../answer.ts'
import { clearView, pinStrongest, showAnswer } from '../clear-view.ts'
import type { Run } from '../run.ts'
import { runAfter } from '../run.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { notify, wasCancelled, wordsFor } from './notify.ts'

/** Questions that are being worked on: one of them is shown, the others go on behind it until they are in the history. */
export interface Jobs {
  /**
   * Works on a question and shows it. One that is being worked on already is shown, and not asked a second time.
   * @param keepOld whether what was shown before stays until there is a map
   */
  readonly run: (asked: Asked, keepOld: boolean, pictureName: string | null) => Promise<void>
  /** Stops the work on what is shown. */
  readonly cancel: () => void
  /** Stops what is worked on behind the shown question. */
  readonly cancelBehind: () => void
  /** Something else is about to be shown: the work goes on behind it. */
  readonly leave: () => void
}

/** What others want to know of the work. */
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

/** Who works on what, and which of it is shown. */
interface Work {
  readonly host: WhenceHost
  readonly store: Store
  readonly news: ExplainingNews
  readonly running: Set<Job>
  shown: Job | null
}

/** Nobody works on anything yet. */
export function createJobs(host: WhenceHost, store: Store, news: ExplainingNews): Jobs {
  const work: Work = { host, store, news, running: new Set(), shown: null }
  return {
    run: async (asked, keepOld, pictureName) => {
      const same = [...work.running].find((job) => !job.control.signal.aborted && sameQuestion(job.asked, asked))
      if (same !== undefined) bringForward(work, same)
      else await start(work, asked, keepOld, pictureName)
    },
    cancel: () => {
      const { shown, running } = work
      if (shown === null || !running.has(shown) || shown.control.signal.aborted) return
      shown.control.abort()
      change(store, 'explaining', { run: { kind: 'cancelled' } })
    },
    cancelBehind: () => {
      for (const job of work.running) if (job !== work.shown) job.control.abort()
    },
    leave: () => {
      work.shown = null
      count(work)
    },
  }
}

async function start(work: Work, asked: Asked, keepOld: boolean, pictureName: string | null): Promise<void> {
  work.news.beginning()
  const pending = openAnswer(asked, pictureName)
  const before = work.store.getState().explaining.answer
  const job: Job = { asked, control: new AbortController(), keepOld, before, pending, run: { kind: 'reading' } }
  work.running.add(job)
  work.shown = job
  begin(work.store, pending, keepOld, job.run)
  count(work)
  await read(work, job)
}

function bringForward(work: Work, job: Job): void {
  if (work.shown === job) return
  job.keepOld = false
  begin(work.store, job.pending, false, job.run)
  work.shown = job
  count(work)
}

async function read(work: Work, job: Job): Promise<void> {
  const { host, store } = work
  try {
    for await (const event of host.stream('explain.start', { ...job.asked, fresh: false }, job.control.signal)) {
      if (job.control.signal.aborted) return
      heard(work, job, event)
    }
    if (work.shown === job && !job.control.signal.aborted) change(store, 'explaining', { run: { kind: 'idle' } })
  } catch (error) {
    ended(work, job, error)
  } finally {
    work.running.delete(job)
    count(work)
  }
}

function heard(work: Work, job: Job, event: EventOf<'explain.start'>): void {
  const { store, news } = work
  job.pending = withEvent(job.pending, event)
  job.run = runAfter(job.run, event, job.pending, performance.now())
  if (work.shown === job) show(store, job, event)
  if (event.kind !== 'saved') return
  news.saved(event.entry, work.shown === job)
  if (work.shown !== job) announce(store, job.pending, () => news.open(event.entry))
}

function ended({ store, shown }: Work, job: Job, error: unknown): void {
  const cancelled = wasCancelled(error, job.control.signal)
  if (shown !== job) {
    if (!cancelled) notify(store, { kind: 'error', text: `${nameOf(job)}: ${wordsFor(error)}` })
  } else if (cancelled) change(store, 'explaining', { run: { kind: 'cancelled' } })
  else {
    fail(store, wordsFor(error))
    showAgain(store, job)
  }
}

/** Publishes how many go on behind what is shown. */
function count({ store, running, shown }: Work): void {
  const behind = running.size - (shown !== null && running.has(shown) ? 1 : 0)
  if (behind !== store.getState().explaining.behind) change(store, 'explaining', { behind })
}

function sameQuestion(first: Asked, second: Asked): boolean {
  return JSON.stringify(Object.entries(first).sort()) === JSON.stringify(Object.entries(second).sort())
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
  if (keepOld || pending.known.completion.length > 0 || asked.picture !== before?.asked.picture) return
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
