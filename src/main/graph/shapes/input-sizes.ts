import type { ValueInfoProto } from 'onnx-buf'
import type { DecoderContract } from '../contract.ts'
import { declaredShape } from '../onnx/value-info.ts'
import type { Dimension } from './dimension.ts'
import type { Shape } from './known.ts'

/**
 * Sizes of an input of the graph: as the contract of a decoder names them, where the file declares as many; else as declared. A number that the file fixes
 * (a batch of one, where the first block is shared) holds in any case. `null` where not even the rank is known.
 */
export function sizesOfInput(input: ValueInfoProto, contract: DecoderContract, fresh: () => Dimension): Shape | null {
  const declared = declaredShape(input)
  const promised = promisedSizes(input.name, contract)
  if (declared === null) return promised
  // Positions of several kinds (rows, columns, time) have an axis more.
  if (promised?.length !== declared.length) return declared.map((size) => size ?? fresh())
  return promised.map((size, axis) => fixedSize(declared[axis]) ?? size)
}

function fixedSize(size: number | string | null | undefined): number | null {
  return typeof size === 'number' ? size : null
}

function promisedSizes(name: string, { inputs, keyValueHeads, headSize, hiddenSize }: DecoderContract): Shape | null {
  if (name === inputs.embeddings) return ['batch', 'new', hiddenSize]
  if (name === inputs.attentionMask) return ['batch', 'keys']
  if (name === inputs.positionIds) return ['batch', 'new']
  const isPast = inputs.past.some(({ key, value }) => name === key || name === value)
  return isPast ? ['batch', keyValueHeads, 'past', headSize] : null
}
