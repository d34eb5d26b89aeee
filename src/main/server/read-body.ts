import type { IncomingMessage } from 'node:http'
import { Failed } from '../../shared/contract/failure.ts'
import { sizeInWords } from './limits.ts'

/** How much of a body is taken, in bytes, and how long it may be silent, in milliseconds. */
export interface BodyLimits {
  readonly most: number
  readonly silence: number
}

/**
 * Reads a body, counting what really comes: `Content-Length` may lie, and may be missing.
 * @throws `request-too-large` or `request-stalled`; `cancelled` when the client goes away
 */
export async function readBody(request: IncomingMessage, { most, silence }: BodyLimits): Promise<Buffer> {
  const tooLarge = new Failed({ code: 'request-too-large', data: { limit: sizeInWords(most) } })
  const announced = request.headers['content-length']
  if (announced !== undefined && Number(announced) > most) throw tooLarge
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let size = 0
  const stall = setTimeout(() => reject(new Failed({ code: 'request-stalled', data: {} })), silence)
  const take = (chunk: Buffer): void => {
    stall.refresh()
    size += chunk.length
    if (size > most) reject(tooLarge)
    else chunks.push(chunk)
  }
  const lose = (): void => reject(new Failed({ code: 'cancelled', data: {} }))
  request.on('data', take)
  request.once('end', () => resolve(Buffer.concat(chunks, size)))
  request.once('close', lose)
  request.once('error', lose)
  try {
    return await promise
  } finally {
    clearTimeout(stall)
    request.off('data', take)
    chunks.length = 0
  }
}
