import { z } from 'zod'
import type { StreamMessage } from './answer.ts'

/** Where the browser host answers; method `m` of the contract is asked at `/api/m`. */
export const apiPath = '/api/'
/** Asks for a ticket: the one-use, short-lived right to open a WebSocket. */
export const ticketPath = '/api/ticket'
/** Where streams are opened, by WebSocket. */
export const socketPath = '/api/socket'
/** Subprotocol of that WebSocket; beside it the page offers `ticket.` and the ticket. */
export const socketProtocol = 'whence.v1'
/** See {@link socketProtocol}. */
export const ticketPrefix = 'ticket.'

/** Answer of {@link ticketPath}. */
export const ticketAnswer = z.strictObject({ ticket: z.string() })

/** What a page sends by WebSocket, packed: opens a stream under a number of its choice that is not in use, or takes the question back. */
export const clientMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), id: z.int().min(0), method: z.string().max(200), request: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: z.int().min(0) }),
])
/** See {@link clientMessage}. */
export type ClientMessage = z.infer<typeof clientMessage>

/** What the host sends by WebSocket, packed: a message of the stream of that number. */
export interface HostMessage {
  readonly id: number
  readonly message: StreamMessage
}
