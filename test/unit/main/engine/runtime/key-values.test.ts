import { describe, expect, it } from 'vitest'
import {
  blankKeyValues,
  byteLength,
  emptyKeyValues,
  repeatPrefix,
  rowsOf,
} from '../../../../../src/main/engine/runtime/key-values.ts'

const shape = { layers: 2, heads: 2, headSize: 3, sharedLayers: 0 }
const numbered = () => {
  const filled = blankKeyValues(shape, 1, 4)
  filled.tensors.forEach(({ data }, tensor) => {
    data.forEach((_, index) => {
      data[index] = 100 * tensor + index
    })
  })
  return filled
}

describe('repeatPrefix', () => {
  it('takes the first positions of every head, once per row', () => {
    const { tensors, positions, batch } = repeatPrefix(numbered(), 2, 2)
    expect({ positions, batch }).toEqual({ positions: 2, batch: 2 })
    expect(tensors[1]?.shape).toEqual([2, 2, 2, 3])
    const row = [100, 101, 102, 103, 104, 105, 112, 113, 114, 115, 116, 117]
    expect([...(tensors[1]?.data ?? [])]).toEqual([...row, ...row])
  })

  it('copies nothing when all of one row is wanted', () => {
    const source = numbered()
    expect(repeatPrefix(source, 4, 1)).toBe(source)
  })
})

describe('rowsOf', () => {
  it('shares memory with the batch it is part of', () => {
    const whole = blankKeyValues(shape, 3, 4)
    rowsOf(whole, 1, 1).tensors[0]?.data.fill(7)
    expect(whole.tensors[0]?.data.filter((value) => value === 7)).toHaveLength(24)
    expect(whole.tensors[0]?.data[24]).toBe(7)
  })
})

describe('emptyKeyValues', () => {
  it('has a tensor for every key and value and no numbers', () => {
    const none = emptyKeyValues(shape, 5)
    expect(none.tensors.map((tensor) => tensor.shape)).toEqual(Array.from({ length: 4 }, () => [5, 2, 0, 3]))
    expect(byteLength(none)).toBe(0)
  })
})
