import type { IncomingMessage, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Failure } from '../../shared/contract/failure.ts'
import { sentence } from '../../shared/contract/failure.ts'
import { present } from '../../shared/values/element.ts'
import type { Refusal } from '../../shared/contract/answer.ts'
import { securityHeaders } from '../../shared/contract/content-policy.ts'
import { statusOf } from './status.ts'

/** How long the rest of a refused body is read and thrown away, in milliseconds: closing at once would take the answer with it. */
const linger = 1_000

/** Headers that every answer carries before anybody looks at the request. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
  response.setHeader('Cache-Control', 'no-store')
}

/** Sends a whole body. */
export function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.statusCode = status
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
}

/** The refusal that a failure becomes. */
export function refusalOf(failure: Failure): Refusal {
  return { code: failure.code, message: sentence(failure) }
}

/** Sends a refusal as `{"code", "message"}` with its status, and ends the connection if a body is still on its way. */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const status = statusOf(refusal.code)
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer')
  if (status === 429) response.setHeader('Retry-After', '60')
  if (!request.complete) drain(request, response)
  send(response, status, 'application/json', JSON.stringify(refusal))
}

function drain(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close')
  const { socket } = request
  const timer = setTimeout(() => socket.destroy(), linger).unref()
  socket.once('close', () => clearTimeout(timer))
  request.on('error', () => {})
  request.resume()
}

/** Sends a refusal where there is no response object: to a request that cannot be understood, or that wanted a WebSocket. */
export function refuseRaw(socket: Duplex, refusal: Refusal, status: number = statusOf(refusal.code)): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(refusal)
  const headers = {
    ...securityHeaders,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => {})
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${present(STATUS_CODES[status], `the name of status ${status}`)}\r\n${lines.join('')}\r\n${body}`,
  )
}
