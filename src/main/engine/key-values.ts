import type { FloatTensor } from './session.ts'
import { floats } from './session.ts'

/** Keys and values of some positions in every layer: what later positions need to know of them. Each tensor is `[batch, heads, positions, headSize]`. */
export interface KeyValues {
  readonly positions: number
  readonly batch: number
  /** Key and value of layer 0, key and value of layer 1, and so on. */
  readonly tensors: readonly FloatTensor[]
}

/** Shape of one layer's keys or values, apart from batch and positions. */
export interface KeyValueShape {
  readonly layers: number
  readonly heads: number
  readonly headSize: number
}

/** No positions yet, for a batch of the given size. */
export function emptyKeyValues({ layers, heads, headSize }: KeyValueShape, batch: number): KeyValues {
  return blankKeyValues({ layers, heads, headSize }, batch, 0)
}

/** The first `positions` of one row, the same for each row of a batch. */
export function repeatPrefix(source: KeyValues, positions: number, batch: number): KeyValues {
  if (batch === 1 && source.batch === 1 && positions === source.positions) return source
  return { positions, batch, tensors: source.tensors.map((tensor) => repeatTensor(tensor, positions, batch)) }
}

function repeatTensor({ data, shape }: FloatTensor, positions: number, batch: number): FloatTensor {
  const [, heads = 0, all = 0, size = 0] = shape
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
export function blankKeyValues({ layers, heads, headSize }: KeyValueShape, batch: number, positions: number): KeyValues {
  const tensor = () => floats(new Float32Array(batch * heads * positions * headSize), batch, heads, positions, headSize)
  return { positions, batch, tensors: Array.from({ length: 2 * layers }, tensor) }
}

/** Some consecutive rows of a batch, over the same memory. */
export function rowsOf(source: KeyValues, first: number, count: number): KeyValues {
  const tensors = source.tensors.map(({ data, shape }) => {
    const length = data.length / source.batch
    return floats(data.subarray(first * length, (first + count) * length), count, ...shape.slice(1))
  })
  return { positions: source.positions, batch: count, tensors }
}

/** Memory taken, in bytes. */
export function byteLength(source: KeyValues): number {
  return source.tensors.reduce((sum, tensor) => sum + tensor.data.byteLength, 0)
}
