import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new secret: 32 random bytes, fit for addresses and headers. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a secret is the expected one. Takes the same time wherever they differ, because their digests are compared. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

/** The secret in `Authorization: Bearer …`; `null` when there is none. */
export function bearerOf(authorization: string | undefined): string | null {
  if (authorization === undefined) return null
  return /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1] ?? null
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
