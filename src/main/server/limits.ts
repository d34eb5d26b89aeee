/** What the browser host allows; figures of one machine's own page, far from what would hurt the machine. */
export interface ServerLimits {
  /** Longest body without a file, in bytes. */
  readonly body: number
  /** Longest body with a file, in bytes. */
  readonly upload: number
  /** Most bodies with a file coming in at once. */
  readonly uploads: number
  /** Longest silence within a body, in milliseconds. */
  readonly bodySilence: number
  /** Longest time for headers, in milliseconds. */
  readonly headers: number
  /** Longest time for a whole request, in milliseconds. */
  readonly request: number
  /** Most WebSockets at once. */
  readonly sockets: number
  /** Most streams of one client at once: one at work, two waiting. */
  readonly streams: number
  /** Longest time a client may take for one message, in milliseconds; a slower one is closed. */
  readonly messageSilence: number
  /** Time between two signs of life that are asked of a WebSocket, in milliseconds; one that owes two is closed. */
  readonly heartbeat: number
  /** Wrong tokens within a minute that are answered as such. */
  readonly attempts: number
}

const mebibyte = 1024 * 1024

/** The limits in use. */
export const serverLimits: ServerLimits = {
  body: mebibyte,
  upload: 64 * mebibyte,
  uploads: 2,
  bodySilence: 20_000,
  headers: 10_000,
  request: 300_000,
  sockets: 4,
  streams: 3,
  messageSilence: 30_000,
  heartbeat: 20_000,
  attempts: 10,
}

/** A size in words. */
export function sizeInWords(bytes: number): string {
  return bytes >= mebibyte ? `${Math.floor(bytes / mebibyte)} MiB` : `${bytes} bytes`
}
