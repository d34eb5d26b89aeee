import { fail } from '../../../shared/contract/failure.ts'
import type { Sequence } from '../../../shared/sequence/sequence.ts'
import { isRead } from '../../../shared/sequence/sequence.ts'
import type { Position } from '../../../shared/values/brand.ts'
import { position } from '../../../shared/values/brand.ts'

/**
 * Positions to be suppressed at once: ascending, each once.
 * @throws `position-out-of-range` for one that the decoder does not read
 */
export function readPart(part: readonly number[], sequence: Sequence): Position[] {
  const outside = part.find((member) => !isRead(sequence, member))
  if (outside !== undefined) fail('position-out-of-range', { position: outside, positions: sequence.length })
  return [...new Set(part)].sort((one, other) => one - other).map(position)
}
