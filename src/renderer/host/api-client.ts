import type { Answer, Refusal } from '../../shared/contract/answer.ts'
import { pack, packedType, unpack } from '../../shared/contract/packing.ts'
import { apiPath, ticketAnswer, ticketPath } from '../../shared/contract/wire.ts'
import { refusalFor } from './refusal-for.ts'
import type { Surroundings } from './surroundings.ts'
import { valueOf } from './value-of.ts'

/** Asks the browser host by HTTP. */
export interface ApiClient {
  /** Asks a method with one answer. */
  ask(name: string, request: unknown): Promise<Answer>
  /**
   * A ticket for one WebSocket.
   * @throws `Refused`
   */
  ticket(): Promise<string>
}

/** The host at the page's own origin, asked with this token. */
export function apiClient({ origin, fetch }: Surroundings, token: string): ApiClient {
  async function post(path: string, body: Uint8Array<ArrayBuffer> | null): Promise<Answer> {
    try {
      const response = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, Accept: packedType, ...(body !== null && { 'Content-Type': packedType }) },
        body,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      })
      return response.ok
        ? { kind: 'value', value: await valueIn(response) }
        : { kind: 'refusal', refusal: await refusalIn(response) }
    } catch {
      return { kind: 'refusal', refusal: refusalFor('connection-lost') }
    }
  }
  return {
    ask: (name, request) => post(`${apiPath}${name}`, new Uint8Array(pack(request))),
    ticket: async () => ticketAnswer.parse(valueOf(await post(ticketPath, null))).ticket,
  }
}

async function valueIn(response: Response): Promise<unknown> {
  if (response.headers.get('Content-Type') !== packedType) return response.json()
  return unpack(new Uint8Array(await response.arrayBuffer()))
}

/** Something between page and host (a tunnel) may answer in its own words. */
async function refusalIn(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => null)) as Partial<Refusal> | null
  if (typeof body?.code !== 'string' || typeof body.message !== 'string') return refusalFor('connection-lost')
  return { code: body.code, message: body.message }
}
