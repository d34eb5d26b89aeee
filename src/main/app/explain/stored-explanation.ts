import { pack, unpack } from '../../../shared/contract/packing.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import { explanation, isWhole } from '../../../shared/explanation/record.ts'

/** An explanation as it is stored: a JSON head, the numbers as they are. */
export function packExplanation(whole: Explanation): Uint8Array {
  return pack({ format: 'whence.explanation/1', explanation: whole })
}

/** An explanation from its stored form; `null` for bytes that are none, or of a form this version does not know. */
export function unpackExplanation(bytes: Uint8Array): Explanation | null {
  try {
    const stored = unpack(bytes) as { readonly format?: unknown; readonly explanation?: unknown } | null
    if (stored?.format !== 'whence.explanation/1') return null
    const { success, data } = explanation.safeParse(stored.explanation)
    return success && isWhole(data) ? data : null
  } catch {
    return null
  }
}
