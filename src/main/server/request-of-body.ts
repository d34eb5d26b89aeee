import type { IncomingMessage } from 'node:http'
import { fail } from '../../shared/contract/failure.ts'
import { packedType, unpack } from '../../shared/contract/packing.ts'
import { byteFields } from './byte-fields.ts'

/**
 * The request in a body, by its `Content-Type`: JSON with bytes in base64, packed, or for a method with one field of bytes that file itself, the
 * other fields in the query. Not checked against the contract yet.
 * @param name of the method
 * @throws `body-refused`, `data-damaged` or `request-invalid`
 */
export function requestOfBody(name: string, headers: IncomingMessage['headers'], query: URLSearchParams, body: Buffer): unknown {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  const fields = byteFields(name)
  const [field] = fields
  if (type === 'application/octet-stream' && field !== undefined) return requestOfFile(name, field, query, body)
  if (query.size > 0)
    return fail('request-invalid', { method: name, reason: 'only a file in the body takes fields in the address' })
  if (type === packedType) return unpack(body)
  if (type === 'application/json') return requestOfJson(name, fields, body)
  if ((type === undefined || type === '') && body.length === 0) return {}
  return fail('body-refused', { expected: 'JSON (application/json)' })
}

function requestOfFile(name: string, field: string, query: URLSearchParams, body: Buffer): unknown {
  const entries = [...query]
  if (new Set(query.keys()).size < entries.length || query.has(field))
    return fail('request-invalid', { method: name, reason: 'a field is given twice' })
  return Object.fromEntries([...entries, [field, new Uint8Array(body.buffer, body.byteOffset, body.length)] as const])
}

function requestOfJson(name: string, fields: readonly string[], body: Buffer): unknown {
  const request = parsedJson(name, body)
  if (fields.length === 0 || typeof request !== 'object' || request === null || Array.isArray(request)) return request
  return Object.fromEntries(
    Object.entries(request).map(([key, value]: [string, unknown]) => [
      key,
      fields.includes(key) && typeof value === 'string' ? bytesOfBase64(name, key, value) : value,
    ]),
  )
}

function parsedJson(name: string, body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return fail('request-invalid', { method: name, reason: 'the body is not JSON in UTF-8' })
  }
}

function bytesOfBase64(name: string, field: string, text: string): Uint8Array {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    return fail('request-invalid', { method: name, reason: `${field}: it is not base64` })
  return new Uint8Array(Buffer.from(text, 'base64'))
}
