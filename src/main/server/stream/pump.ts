import type { StreamMessage } from '../../../shared/contract/answer.ts'

/**
 * Hands the messages of a stream on one by one: the next is not asked for before the last has gone out, so a slow reader slows the work down
 * instead of filling the memory. Ends the stream when the signal aborts or sending fails.
 */
export async function pump(
  messages: AsyncGenerator<StreamMessage, void, undefined>,
  signal: AbortSignal,
  send: (message: StreamMessage) => Promise<void>,
): Promise<void> {
  for await (const message of messages) {
    if (signal.aborted) return
    await send(message)
  }
}

/** Waits for a promise; when it takes longer than allowed, `giveUp` ends it. @param most milliseconds */
export async function within(most: number, work: Promise<void>, giveUp: () => void): Promise<void> {
  const timer = setTimeout(giveUp, most)
  try {
    await work
  } finally {
    clearTimeout(timer)
  }
}
