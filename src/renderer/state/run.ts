import type { EventOf } from '../../shared/contract/types.ts'
import { assertNever } from '../../shared/values/assert-never.ts'
import type { Progress } from '../../shared/values/progress.ts'
import type { Answer } from './answer.ts'

/** What is being worked on. */
export type Run =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued'; readonly ahead: number }
  | { readonly kind: 'reading' }
  | { readonly kind: 'writing'; readonly tokens: number }
  | {
      readonly kind: 'sweeping'
      readonly stage: 'bank' | 'coarse' | 'sweep'
      readonly progress: Progress
      readonly startedAt: number
      readonly now: number
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }

/**
 * How far the work is after an event.
 * @param now milliseconds from any fixed moment
 */
export function runAfter(run: Run, event: EventOf<'explain.start'>, { known }: Answer, now: number): Run {
  switch (event.kind) {
    case 'queued':
      return { kind: 'queued', ahead: event.ahead }
    case 'image-ready':
    case 'prompt':
      return { kind: 'reading' }
    case 'token':
      return { kind: 'writing', tokens: known.completion.length }
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
    default:
      return assertNever(event)
  }
}

/** Whether work goes on. */
export function isRunning({ kind }: Run): boolean {
  return kind === 'queued' || kind === 'reading' || kind === 'writing' || kind === 'sweeping'
}
