import type { Answer, StreamMessage } from './answer.ts'

/** What the preload script puts at `window.whence`: a forwarder. Requests and answers cross by structured clone, typed arrays included. */
export interface Bridge {
  /** Asks a question with one answer. */
  call(name: string, request: unknown): Promise<Answer>
  /** Asks a question answered by events. The function it returns takes the question back; no message comes afterwards. */
  openStream(name: string, request: unknown, receive: (message: StreamMessage) => void): () => void
}
