import type { Progress } from '../../../shared/values/progress.ts'
import { printable } from './printable.ts'

/** Tells on the standard error how far the work is. */
export interface ProgressDisplay extends Disposable {
  /** What goes on now, in a few words. */
  status(text: string): void
  /** How many passes are done. */
  passes(progress: Progress): void
  /** A line that stays, with the exact words. */
  note(text: string): void
}

/** Share of the passes after which a line is written where there is no terminal. */
const step = 0.1

/** In a terminal a status line and a bar, gone when the work is done; elsewhere a line for every tenth of the passes and nothing else. */
export async function progressDisplay(stderr: NodeJS.WriteStream): Promise<ProgressDisplay> {
  return stderr.isTTY ? terminalDisplay(stderr) : lineDisplay(stderr)
}

function lineDisplay(stderr: NodeJS.WritableStream): ProgressDisplay {
  let reported = 0
  return {
    status: () => {},
    passes: ({ done, total }) => {
      const reached = total === 0 ? 0 : Math.floor(done / total / step)
      if (reached > reported) stderr.write(`sweep ${done} of ${total} passes\n`)
      reported = Math.max(reported, reached)
    },
    note: () => {},
    [Symbol.dispose]: () => {},
  }
}

async function terminalDisplay(stderr: NodeJS.WriteStream): Promise<ProgressDisplay> {
  const { SingleBar, Presets } = (await import('cli-progress')).default
  const clearLine = '\r\u001b[K'
  const format = 'sweep {bar} {value}/{total} passes · {duration_formatted}'
  const bar = new SingleBar(
    { stream: stderr, format, barsize: 28, clearOnComplete: true, stopOnComplete: false },
    Presets.shades_classic,
  )
  let shows: 'nothing' | 'status' | 'bar' = 'nothing'
  const end = (): void => {
    if (shows === 'bar') bar.stop()
    if (shows !== 'nothing') stderr.write(clearLine)
    shows = 'nothing'
  }
  return {
    status: (text) => {
      end()
      shows = 'status'
      stderr.write(printable(text).slice(0, Math.max(20, stderr.columns - 1)))
    },
    passes: ({ done, total }) => {
      if (shows !== 'bar') {
        end()
        bar.start(total, done)
        shows = 'bar'
      }
      bar.update(done)
    },
    note: (text) => {
      end()
      stderr.write(`${printable(text)}\n`)
    },
    [Symbol.dispose]: end,
  }
}
