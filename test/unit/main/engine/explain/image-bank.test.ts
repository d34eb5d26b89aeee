import { describe, expect, it } from 'vitest'
import type { BankChunk } from '../../../../../src/main/engine/explain/image-bank.ts'
import { ImageBank } from '../../../../../src/main/engine/explain/image-bank.ts'
import { blankKeyValues } from '../../../../../src/main/engine/runtime/key-values.ts'

const oneChunk = () => [{ rows: [0], parts: [{ rows: [0], start: 0 }] }]
const chunkOf = (bytes: number): BankChunk => ({
  keyValues: blankKeyValues({ layers: 1, heads: 1, headSize: 1, sharedLayers: 0 }, 1, 0),
  lastLogits: new Float32Array(bytes / 4),
})

describe('ImageBank', () => {
  it('keeps what fits and finds it again', () => {
    const bank = new ImageBank(100)
    bank.entry('a', oneChunk)
    bank.keep('a', 0, chunkOf(80))
    expect(bank.bytes).toBe(80)
    expect(bank.entry('a', oneChunk).kept.size).toBe(1)
  })

  it('lets the least recently used picture go first', () => {
    const bank = new ImageBank(100)
    for (const key of ['a', 'b']) {
      bank.entry(key, oneChunk)
      bank.keep(key, 0, chunkOf(40))
    }
    bank.entry('a', oneChunk)
    bank.entry('c', oneChunk)
    bank.keep('c', 0, chunkOf(40))
    expect(bank.entry('a', oneChunk).kept.size).toBe(1)
    expect(bank.entry('b', oneChunk).kept.size).toBe(0)
  })

  it('never grows over its limit', () => {
    const bank = new ImageBank(100)
    bank.entry('a', () => [...oneChunk(), ...oneChunk()])
    bank.keep('a', 0, chunkOf(60))
    bank.keep('a', 1, chunkOf(60))
    expect(bank.bytes).toBe(60)
  })

  it('keeps nothing when it is switched off', () => {
    const bank = new ImageBank(0)
    bank.entry('a', oneChunk)
    bank.keep('a', 0, chunkOf(4))
    expect(bank.bytes).toBe(0)
  })
})
