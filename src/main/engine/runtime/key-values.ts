import { element } from '../../../shared/values/element.ts'
import type { FloatTensor } from './session.ts'
import { floats } from './session.ts'

/** Keys and values of some positions in every layer: what later positions need to know of them. Each tensor is `[batch, heads, positions, headSize]`. */
export interface KeyValues {
  readonly positions: number
  readonly batch: number
  /** Key and value of layer 0, key and value of layer 1, and so on. Those of shared layers are the same in every row and have a batch of one. */
  readonly tensors: readonly FloatTensor[]
  readonly sharedLayers: number
}

/** Shape of one layer's keys or values, apart from batch and positions. */
export interface KeyValueShape {
  readonly layers: number
  readonly heads: number
  readonly headSize: number
  /** Leading layers whose keys and values do not depend on the factors: the first, where the graph shares it. */
  readonly sharedLayers: number
}

/** No positions yet, for a batch of the given size. */
export function emptyKeyValues(shape: KeyValueShape, batch: number): KeyValues {
  return blankKeyValues(shape, batch, 0)
}

/** The first `positions` of one row, the same for each row of a batch. */
export function repeatPrefix(source: KeyValues, positions: number, batch: number): KeyValues {
  if (batch === 1 && source.batch === 1 && positions === source.positions) return source
  const tensors = source.tensors.map((tensor, index) => repeatTensor(tensor, positions, isShared(source, index) ? 1 : batch))
  return { positions, batch, tensors, sharedLayers: source.sharedLayers }
}

/** Whether a tensor, counted as in {@link KeyValues.tensors}, is the same in every row. */
function isShared({ sharedLayers }: Pick<KeyValues, 'sharedLayers'>, index: number): boolean {
  return index < 2 * sharedLayers
}

function repeatTensor({ data, shape }: FloatTensor, positions: number, batch: number): FloatTensor {
  const [heads, all, size] = [element(shape, 1), element(shape, 2), element(shape, 3)]
  const row = new Float32Array(heads * positions * size)
  for (let head = 0; head < heads; head++) {
    row.set(data.subarray(head * all * size, (head * all + positions) * size), head * positions * size)
  }
  if (batch === 1) return floats(row, 1, heads, positions, size)
  const rows = new Float32Array(batch * row.length)
  for (let copy = 0; copy < batch; copy++) rows.set(row, copy * row.length)
  return floats(rows, batch, heads, positions, size)
}

/** Memory for the keys and values of a batch, all zero. */
export function blankKeyValues(shape: KeyValueShape, batch: number, positions: number): KeyValues {
  const { layers, heads, headSize, sharedLayers } = shape
  const tensor = (rows: number) => floats(new Float32Array(rows * heads * positions * headSize), rows, heads, positions, headSize)
  const tensors = Array.from({ length: 2 * layers }, (_, index) => tensor(isShared(shape, index) ? 1 : batch))
  return { positions, batch, tensors, sharedLayers }
}

/** Some consecutive rows of a batch, over the same memory. */
export function rowsOf(source: KeyValues, first: number, count: number): KeyValues {
  const tensors = source.tensors.map((tensor, index) => {
    if (isShared(source, index)) return tensor
    const length = tensor.data.length / source.batch
    return floats(tensor.data.subarray(first * length, (first + count) * length), count, ...tensor.shape.slice(1))
  })
  return { ...source, batch: count, tensors }
}

/** Memory taken, in bytes. */
export function byteLength(source: KeyValues): number {
  return source.tensors.reduce((sum, tensor) => sum + tensor.data.byteLength, 0)
}
