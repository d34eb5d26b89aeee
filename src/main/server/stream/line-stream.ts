import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Refusal, StreamMessage } from '../../../shared/contract/answer.ts'
import { jsonText } from '../json-text.ts'
import { pump, within } from './pump.ts'

/**
 * Answers with one JSON object a line, for programs that read streams without a WebSocket. A refusal before the first event is an answer of its
 * own; a later one is the last line, `{"kind":"refusal","code","message"}`.
 * @param silence longest time the reader may take for one line, in milliseconds
 * @param refuse sends a refusal in place of the stream
 */
export async function sendLines(
  messages: AsyncGenerator<StreamMessage, void, undefined>,
  signal: AbortSignal,
  response: ServerResponse,
  silence: number,
  refuse: (refusal: Refusal) => void,
): Promise<void> {
  await pump(messages, signal, async (message) => {
    if (message.kind === 'refusal' && !response.headersSent) {
      refuse(message.refusal)
      return
    }
    if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
    if (message.kind !== 'end' && !response.write(lineOf(message))) {
      await within(silence, drained(response), () => response.destroy())
    }
    if (message.kind !== 'event') response.end()
  })
}

function lineOf(message: Exclude<StreamMessage, { kind: 'end' }>): string {
  return `${jsonText(message.kind === 'event' ? message.event : { kind: 'refusal', ...message.refusal })}\n`
}

async function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return
  const settled = new AbortController()
  await Promise.race([once(response, 'drain', settled), once(response, 'close', settled)])
  settled.abort()
}
