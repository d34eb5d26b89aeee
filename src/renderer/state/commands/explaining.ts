import type { EventOf } from '../../../shared/contract/types.ts'
import { targetRelevance } from '../../../shared/atman/relevance.ts'
import { findTarget } from '../../../shared/explanation/target-ref.ts'
import type { Answer, Question } from '../answer.ts'
import { openAnswer, withEvent } from '../answer.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Run } from '../state.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { clearView } from './clear-view.ts'
import { notify, wasCancelled, wordsFor } from './notify.ts'

/** Asking for explanations. The newest request wins; what an older one still tells is dropped. */
export interface Explaining {
  /** Lets the model complete the prompt, or takes the given target, and explains it. */
  readonly write: () => Promise<void>
  /** Computes the shown question again with the parameters set now; the old map stays until the new one comes. */
  readonly recompute: () => Promise<void>
  /** Computes an entry of the history whose numbers are no longer kept, as it was asked. */
  readonly again: () => Promise<void>
  /** Computes the shown question again with the prompt's tokens as targets too, where they were left out. */
  readonly widen: () => Promise<void>
  /** Stops the work in hand. */
  readonly cancel: () => void
}

/** What others want to know of it. */
export interface ExplainingNews {
  /** A request is about to be sent. */
  readonly beginning: () => void
  /** The library has a new entry. */
  readonly saved: (entry: string) => void
}

/** Makes the commands. */
export function createExplaining(host: WhenceHost, store: Store, { beginning, saved }: ExplainingNews): Explaining {
  let current: AbortController | null = null

  const run = async (question: Question, keepOld: boolean): Promise<void> => {
    current?.abort()
    beginning()
    const control = new AbortController()
    current = control
    const before = store.getState().explaining.answer
    let pending = openAnswer(question, pictureName(store))
    begin(store, pending, keepOld)
    try {
      for await (const event of host.stream('explain.start', { ...question, fresh: false }, control.signal)) {
        if (control.signal.aborted) return
        pending = withEvent(pending, event)
        show(store, pending, event, keepOld)
        if (event.kind === 'saved') saved(event.entry)
      }
      if (!control.signal.aborted) finish(store, { kind: 'idle' })
    } catch (error) {
      // A newer request has taken over: what becomes of this one concerns nobody.
      if (current !== control) return
      if (wasCancelled(error, control.signal)) finish(store, { kind: 'cancelled' })
      else {
        fail(store, wordsFor(error))
        // Refused before a word was written: what was shown is still worth more than nothing.
        if (pending.completion.tokens.length === 0 && question.picture === before?.question.picture) showAgain(store, before)
      }
    }
  }

  return {
    write: () => run(questionOf(store), false),
    recompute: async () => {
      const { answer } = store.getState().explaining
      if (answer === null) return
      // The same completion as before: only the way of suppressing differs.
      await run({ ...answer.question, suppression: store.getState().settings.suppression }, true)
    },
    widen: async () => {
      const { answer, run: current } = store.getState().explaining
      if (answer?.map.kind !== 'full' || answer.question.targets === 'all' || current.kind !== 'idle') return
      await run({ ...answer.question, targets: 'all' }, true)
    },
    again: async () => {
      const { forgotten } = store.getState().explaining
      if (forgotten === null) return
      const { picture, prompt, target, sampling, suppression, targets, chunks } = forgotten
      await run({ picture, prompt, target, sampling, suppression, targets, chunks }, false)
    },
    cancel: () => {
      if (current === null || current.signal.aborted) return
      current.abort()
      finish(store, { kind: 'cancelled' })
    },
  }
}

function questionOf(store: Store): Question {
  const { asking, settings } = store.getState()
  const { suppression, sampling } = settings
  const target = asking.target?.trim() ? asking.target : null
  const base = { picture: asking.picture?.sha256 ?? null, prompt: asking.prompt, target, sampling, suppression }
  return { ...base, targets: 'all', chunks: asking.picture === null ? 'sentence' : null }
}

function pictureName(store: Store): string | null {
  return store.getState().asking.picture?.name ?? null
}

function begin(store: Store, pending: Answer, keepOld: boolean): void {
  const run: Run = { kind: 'reading' }
  if (keepOld) change(store, 'explaining', { run })
  else {
    change(store, 'explaining', { answer: pending, run, firstRun: false, forgotten: null })
    clearView(store)
  }
}

function show(store: Store, pending: Answer, event: EventOf<'explain.start'>, keepOld: boolean): void {
  const { run } = store.getState().explaining
  const replace = !keepOld || pending.map.kind !== 'none'
  change(store, 'explaining', { run: runAfter(run, event, pending), ...(replace ? { answer: pending } : {}) })
  if (event.kind === 'coarse' || event.kind === 'relevance' || event.kind === 'done') pinStrongest(store)
}

/** How far the work is after an event. */
function runAfter(run: Run, event: EventOf<'explain.start'>, { completion }: Answer, now = performance.now()): Run {
  switch (event.kind) {
    case 'queued':
      return { kind: 'queued', ahead: event.ahead }
    case 'image-ready':
    case 'prompt':
      return { kind: 'reading' }
    case 'token':
      return { kind: 'writing', tokens: completion.tokens.length }
    case 'completion':
      return { kind: 'sweeping', stage: 'coarse', progress: { done: 0, total: 0 }, startedAt: now, now }
    case 'bank-progress':
    case 'sweep-progress': {
      const stage = event.kind === 'bank-progress' ? 'bank' : 'sweep'
      const startedAt = run.kind === 'sweeping' && run.stage === stage ? run.startedAt : now
      return { kind: 'sweeping', stage, progress: event.progress, startedAt, now }
    }
    case 'relevance':
    case 'coarse':
      return run
    case 'done':
    case 'saved':
      return { kind: 'idle' }
  }
}

/** Until a person pins a token, the one that rests most on a single part of the input is pinned for them. */
export function pinStrongest(store: Store): void {
  const { explaining, viewing } = store.getState()
  const { answer } = explaining
  if (answer === null || viewing.pinnedByHand || viewing.pinned.some((ref) => findTarget(answer.targets, ref))) return
  const strongest = strongestToken(answer)
  if (strongest !== null) change(store, 'viewing', { pinned: [{ segment: 'completion', index: strongest }] })
}

/** The token of the completion that rests most on a single part of the picture, or of the text without one; `null` before there is a map. */
export function strongestToken({ map, targets, inputs }: Answer): number | null {
  if (map.kind === 'none') return null
  const completion = targets.filter(({ segment }) => segment === 'completion')
  const [rows, values] =
    map.kind === 'full' ? [inputs.length, map.matrix.values] : [map.coarse.rows * map.coarse.columns, map.coarse.values]
  const patches = map.kind === 'full' ? inputs.filter(({ kind }) => kind === 'patch').length : rows
  const matrix = { inputs: patches > 0 ? patches : rows, targets: targets.length, values, candidates: new Float32Array(0) }
  const best = completion
    .map(({ column, index }) => ({ index, most: Math.max(...targetRelevance(matrix, column)) }))
    .reduce<{ index: number; most: number } | null>((top, one) => (top === null || one.most > top.most ? one : top), null)
  return best?.index ?? null
}

function showAgain(store: Store, answer: Answer): void {
  change(store, 'explaining', { answer })
  pinStrongest(store)
}

function finish(store: Store, run: Run): void {
  change(store, 'explaining', { run })
}

function fail(store: Store, message: string): void {
  change(store, 'explaining', { run: { kind: 'failed', message } })
  notify(store, { kind: 'error', text: message })
}
