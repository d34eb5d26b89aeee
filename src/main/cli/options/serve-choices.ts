import { resolve } from 'node:path'
import { fail } from '../../../shared/contract/failure.ts'
import type { Address } from '../../server/access/address.ts'
import { loopbackHost, publicOrigin } from '../../server/access/address.ts'

/** Where the app keeps things and finds models. */
export interface AppPlacesChoice {
  /** Folder of the library; `null` for the system's place. */
  readonly profile: string | null
  /** Folder of more models beside those that come with Whence. */
  readonly models: string | null
}

/** What `serve` was asked to do. */
export interface ServeChoices extends AppPlacesChoice {
  readonly address: Address
  readonly publicOrigins: readonly string[]
  /** Whether a browser is to be opened. */
  readonly open: boolean
}

/** Option values as commander hands them over. */
export interface GivenServeOptions {
  readonly host?: string
  readonly port?: number
  readonly socket?: string
  readonly profile?: string
  readonly models?: string
  readonly publicOrigin?: string
  readonly open?: boolean
}

/**
 * Fills in the defaults and refuses what does not go together.
 * @throws `option-invalid` or `address-refused`
 */
export function serveChoices(given: GivenServeOptions): ServeChoices {
  return {
    ...placesChoice(given),
    address: addressOf(given),
    publicOrigins: given.publicOrigin === undefined ? [] : [publicOrigin(given.publicOrigin)],
    open: given.open ?? false,
  }
}

/** The places that were named. */
export function placesChoice({ profile, models }: GivenServeOptions): AppPlacesChoice {
  return { profile: profile ?? null, models: models === undefined ? null : resolve(models) }
}

/** The system chooses one that is free. */
const freePort = 0

function addressOf({ host, port, socket, open }: GivenServeOptions): Address {
  const loopback = loopbackHost(host ?? '127.0.0.1')
  if (socket === undefined) return { kind: 'port', host: loopback, port: port ?? freePort }
  if (port !== undefined || host !== undefined)
    fail('option-invalid', { option: '--socket', reason: 'it takes the place of a port' })
  if (open === true) fail('option-invalid', { option: '--open', reason: 'a browser cannot open a socket; it needs a tunnel' })
  return { kind: 'socket', path: resolve(socket) }
}
