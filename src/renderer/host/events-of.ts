import type { StreamMessage } from '../../shared/contract/answer.ts'
import { Refused } from '../../shared/contract/answer.ts'
import { refusalFor } from './refusal-for.ts'

/**
 * Turns messages that are sent into events that are read.
 * @param open begins the stream; what it returns takes the question back. Called with the first read
 * @throws (while reading) `Refused`
 */
export async function* eventsOf<Event>(
  open: (receive: (message: StreamMessage) => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<Event, void, undefined> {
  const waiting: StreamMessage[] = []
  let wake = (): void => {}
  const receive = (message: StreamMessage): void => {
    waiting.push(message)
    wake()
  }
  const cancel = (): void => {
    // What came before and was not read yet is not wanted any more.
    waiting.length = 0
    receive({ kind: 'refusal', refusal: refusalFor('cancelled') })
  }
  if (signal.aborted) throw new Refused(refusalFor('cancelled'))
  signal.addEventListener('abort', cancel, { once: true })
  const takeBack = open(receive)
  try {
    while (true) {
      const message = waiting.shift()
      if (message === undefined) await new Promise<void>((resolve) => (wake = resolve))
      else if (message.kind === 'event') yield message.event as Event
      else if (message.kind === 'end') return
      else throw new Refused(message.refusal)
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    takeBack()
  }
}
