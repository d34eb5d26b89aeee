import { describe, expect, it } from 'vitest'
import type { BankChunk } from '../../../../../src/main/engine/explain/image-bank.ts'
import { ImageBank } from '../../../../../src/main/engine/explain/image-bank.ts'
import { blankKeyValues } from '../../../../../src/main/engine/runtime/key-values.ts'

const chunkOf = (bytes: number): BankChunk => ({
  keyValues: blankKeyValues({ layers: 1, heads: 1, headSize: 1, sharedLayers: 0 }, 1, 0),
  lastLogits: new Float32Array(bytes / 4),
})

describe('ImageBank', () => {
  it('keeps what fits and finds it again', () => {
    const bank = new ImageBank(100)
    const chunk = chunkOf(80)
    bank.keep('a', 3, chunk)
    expect(bank.bytes).toBe(80)
    expect([bank.has('a', 3), bank.chunk('a', 3)]).toEqual([true, chunk])
    expect([bank.chunk('a', 2), bank.chunk('b', 3)]).toEqual([null, null])
  })

  it('lets the least recently used chunk go first; looking whether one is there is not using it', () => {
    const bank = new ImageBank(100)
    bank.keep('a', 0, chunkOf(40))
    bank.keep('b', 0, chunkOf(40))
    bank.chunk('a', 0)
    bank.has('b', 0)
    bank.keep('c', 0, chunkOf(40))
    expect(['a', 'b', 'c'].filter((key) => bank.has(key, 0))).toEqual(['a', 'c'])
  })

  it('never grows over its limit, and drops nothing for a chunk that could not fit', () => {
    const bank = new ImageBank(100)
    bank.keep('a', 0, chunkOf(60))
    bank.keep('a', 1, chunkOf(60))
    expect(bank.bytes).toBe(60)
    bank.keep('a', 2, chunkOf(104))
    expect(bank.bytes).toBe(60)
  })

  it('keeps nothing when it is switched off', () => {
    const bank = new ImageBank(0)
    bank.keep('a', 0, chunkOf(4))
    expect([bank.bytes, bank.fits(4)]).toEqual([0, false])
  })

  it('plans the rows of a key once', () => {
    const bank = new ImageBank(100)
    const plan = [{ rows: [0], parts: [{ rows: [0], start: 0 }] }]
    expect(bank.plan('a', () => plan)).toBe(plan)
    expect(bank.plan('a', () => [])).toBe(plan)
    bank.clear()
    expect(bank.plan('a', () => [])).toEqual([])
  })
})
