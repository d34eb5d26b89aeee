import type { IncomingMessage } from 'node:http'
import { fail } from '../../../shared/contract/failure.ts'

/** The origins under which the host is reached, by the `Host` that belongs to each. */
export type AllowedOrigins = ReadonlyMap<string, string>

/** The table of {@link AllowedOrigins}. */
export function allowedOrigins(origins: readonly string[]): AllowedOrigins {
  return new Map(origins.map((origin) => [new URL(origin).host, origin]))
}

/**
 * The origin a request came to. A page of another site whose name was made to lead here (DNS rebinding) comes with its own name as `Host`.
 * @throws `host-refused` unless there is exactly one `Host` and it is one of ours, to the letter
 */
export function originAsked({ headersDistinct }: IncomingMessage, allowed: AllowedOrigins): string {
  const [host, ...others] = headersDistinct['host'] ?? fail('host-refused', {})
  const origin = host !== undefined && others.length === 0 ? allowed.get(host) : undefined
  return origin ?? fail('host-refused', {})
}

/**
 * Refuses questions that a page of another origin asks. Both headers are absent in programs such as curl.
 * @param origin what {@link originAsked} found
 * @throws `origin-refused`
 */
export function checkAsker({ headers }: IncomingMessage, origin: string): void {
  const site = headers['sec-fetch-site']
  if (headers.origin !== undefined && headers.origin !== origin) fail('origin-refused', {})
  if (site !== undefined && site !== 'same-origin') fail('origin-refused', {})
}

/**
 * Refuses pages of other origins that embed a file of ours; a person may follow a link to us from anywhere.
 * @throws `origin-refused`
 */
export function checkReader({ headers }: IncomingMessage): void {
  const site = headers['sec-fetch-site']
  const own = site === undefined || site === 'same-origin' || site === 'none'
  if (!own && headers['sec-fetch-mode'] !== 'navigate') fail('origin-refused', {})
}
