import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fail } from '../../shared/contract/failure.ts'
import type { Refusal } from '../../shared/contract/answer.ts'
import { pack, packedType } from '../../shared/contract/packing.ts'
import { apiPath, ticketPath } from '../../shared/contract/wire.ts'
import type { HandlerContext } from '../app/handlers.ts'
import type { Router } from '../app/router.ts'
import { checkAsker } from './access/allowed-origins.ts'
import type { Attempts } from './access/attempts.ts'
import { byteFields } from './byte-fields.ts'
import type { Gate } from './access/gate.ts'
import { jsonText } from './json-text.ts'
import type { ServerLimits } from './limits.ts'
import { sendLines } from './stream/line-stream.ts'
import { readBody } from './read-body.ts'
import { requestOfBody } from './request-of-body.ts'
import { send, sendRefusal } from './respond.ts'
import type { Tickets } from './access/tickets.ts'
import { bearerOf, sameToken } from './access/token.ts'

/** What answers at `/api/`. */
export interface Api {
  readonly router: Router
  readonly token: string
  readonly tickets: Tickets
  readonly attempts: Attempts
  readonly limits: ServerLimits
  /** Bodies with a file on their way in. */
  readonly uploads: Gate
  /** Streams answered by HTTP; all of them together count as one client. */
  readonly streams: Gate
}

/** A request's way and query, taken from its address. */
export interface Asked {
  readonly pathname: string
  readonly query: URLSearchParams
  /** The origin it came to. */
  readonly origin: string
}

/**
 * Answers `POST /api/<method>`: who asks, with what right, what, in this order.
 * @throws what is to be refused
 */
export async function answerApi(api: Api, asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
  checkAsker(request, asked.origin)
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'POST')
    fail('verb-refused', { allowed: 'POST' })
  }
  checkToken(api, request)
  if (asked.pathname === ticketPath) {
    send(response, 200, 'application/json', JSON.stringify({ ticket: api.tickets.issue() }))
    return
  }
  const name = asked.pathname.slice(apiPath.length)
  const context = contextOf(response)
  if (api.router.kindOf(name) === 'stream') await answerStream(api, name, asked, request, response, context)
  else await answerCall(api, name, asked, request, response, context)
}

function checkToken({ token, attempts }: Api, { headers }: IncomingMessage): void {
  const given = bearerOf(headers.authorization)
  if (given !== null && sameToken(given, token)) return
  // Asking without any token is no attempt to guess it.
  if (given !== null && attempts.wrong()) fail('attempts-exceeded', {})
  fail('token-wrong', {})
}

/** A question by HTTP is a client of its own; it is taken back when the connection closes before the answer is out. */
function contextOf(response: ServerResponse): HandlerContext {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return { signal: gone.signal, client: { id: randomUUID(), host: 'browser' } }
}

async function answerCall(
  api: Api,
  name: string,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
  context: HandlerContext,
): Promise<void> {
  const question = api.router.kindOf(name) === null ? null : await questionOf(api, name, asked, request)
  const answer = await api.router.call(name, question, context)
  if (answer.kind === 'refusal') sendRefusal(request, response, answer.refusal)
  else if (acceptsPacked(request)) send(response, 200, packedType, pack(answer.value))
  else send(response, 200, 'application/json', jsonText(answer.value))
}

async function answerStream(
  api: Api,
  name: string,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
  context: HandlerContext,
): Promise<void> {
  const question = await questionOf(api, name, asked, request)
  const leave = api.streams.enter()
  try {
    const refuse = (refusal: Refusal): void => sendRefusal(request, response, refusal)
    await sendLines(api.router.stream(name, question, context), context.signal, response, api.limits.messageSilence, refuse)
  } finally {
    leave()
  }
}

async function questionOf({ limits, uploads }: Api, name: string, { query }: Asked, request: IncomingMessage): Promise<unknown> {
  const takesFile = byteFields(name).length > 0
  const leave = takesFile ? uploads.enter() : () => {}
  try {
    const most = takesFile ? longestUpload(limits, request) : limits.body
    const body = await readBody(request, { most, silence: limits.bodySilence })
    return requestOfBody(name, request.headers, query, body)
  } finally {
    leave()
  }
}

/** Base64 takes four bytes for three; packed bytes and JSON come with other fields beside them. */
function longestUpload({ upload, body }: ServerLimits, { headers }: IncomingMessage): number {
  const type = headers['content-type']
  if (type?.startsWith('application/octet-stream') === true) return upload
  return type?.startsWith('application/json') === true ? Math.ceil(upload / 3) * 4 + body : upload + body
}

function acceptsPacked({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes(packedType) === true
}
