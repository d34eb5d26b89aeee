import type { ReactNode } from 'react'
import { secondsLeft, shortDuration } from '../state/time-left.ts'
import { counted } from '../../shared/explanation/numbers.ts'
import { assertNever } from '../../shared/values/assert-never.ts'
import type { Run } from '../state/run.ts'
import type { State } from '../state/state.ts'
import { isBusy } from '../state/selectors.ts'
import { useApp, useWorkspace } from '../hooks/workspace-context.ts'

/** The bottom line: what is being computed, how long it takes, and Cancel. */
export function Footer(): ReactNode {
  const { explaining } = useWorkspace()
  const run = useApp((state) => state.explaining.run)
  const busy = useApp(isBusy)
  const idle = useApp(idleWords)
  return (
    <footer className="footer">
      {busy ? (
        <>
          <progress aria-label="Progress" max={1} value={shareOf(run) ?? undefined} />
          <span role="status">{wordsOf(run)}</span>
          <button type="button" className="link" onClick={explaining.cancel}>
            Cancel
          </button>
        </>
      ) : (
        <span role="status" className={run.kind === 'failed' ? 'failed' : ''}>
          {run.kind === 'failed' ? run.message : run.kind === 'cancelled' ? 'cancelled' : idle}
        </span>
      )}
      <Behind />
      <span className="spring" />
      <span className="keys" aria-hidden="true">
        <kbd>←</kbd> <kbd>→</kbd> token <kbd>space</kbd> play <kbd>esc</kbd> unpin
      </span>
    </footer>
  )
}

/** Earlier questions that are still being worked on, though something else is shown. */
function Behind(): ReactNode {
  const { explaining } = useWorkspace()
  const behind = useApp((state) => state.explaining.behind)
  if (behind === 0) return null
  return (
    <>
      <span>{counted(behind, 'more is', 'more are')} being explained</span>
      <button type="button" className="link" onClick={explaining.cancelBehind}>
        Stop {behind === 1 ? 'it' : 'them'}
      </button>
    </>
  )
}

function shareOf(run: Run): number | null {
  return run.kind === 'sweeping' && run.progress.total > 0 ? run.progress.done / run.progress.total : null
}

function wordsOf(run: Run): string {
  switch (run.kind) {
    case 'queued':
      return run.ahead === 0 ? 'about to start' : `waiting: ${run.ahead} before this`
    case 'reading':
      return 'looking at the picture and reading the prompt'
    case 'writing':
      return `writing: ${counted(run.tokens, 'token')}`
    case 'sweeping': {
      const { done, total } = run.progress
      if (run.stage === 'coarse') return 'computing a preview of the map'
      const left = secondsLeft({ done, total, startedAt: run.startedAt, startedWith: 0, now: run.now })
      const passes = `${run.stage === 'bank' ? 'preparing the picture' : 'sweep'} ${done} of ${total} passes`
      return left === null ? passes : `${passes} · ${shortDuration(left)} left`
    }
    case 'idle':
    case 'cancelled':
    case 'failed':
      return ''
    default:
      return assertNever(run)
  }
}

function idleWords({ explaining: { answer } }: State): string {
  if (!answer?.timings) return ''
  const { passes, sweepMs } = answer.timings
  // The stored sample was explained elsewhere: its times would say nothing about this machine.
  const time = sweepMs < 1 ? '' : ` in ${shortDuration(sweepMs / 1000)}`
  return `${passes} passes${time}${answer.asked.picture === null ? ', text only' : ''}`
}
