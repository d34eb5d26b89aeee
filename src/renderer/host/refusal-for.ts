import { sentence } from '../../shared/contract/failure.ts'
import type { Refusal } from '../../shared/contract/answer.ts'

/** A refusal that is known on this side already. */
export function refusalFor(code: 'cancelled' | 'connection-lost' | 'internal'): Refusal {
  return { code, message: sentence({ code, data: {} }) }
}
