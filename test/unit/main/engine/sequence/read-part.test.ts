import { describe, expect, it } from 'vitest'
import { readPart } from '../../../../../src/main/engine/sequence/read-part.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { sequenceOf } from '../../../../../src/shared/sequence/sequence.ts'
import { tokensOf } from '../../../shared/sequence/tokens.ts'

const sequence = sequenceOf({ grid: null, prompt: tokensOf('a', ' b'), completion: tokensOf(' c', ' d') })

describe('readPart', () => {
  it('orders positions by number and names each once', () => {
    const long = sequenceOf({ grid: { rows: 3, columns: 4, start: 0 }, prompt: tokensOf('a'), completion: [] })
    expect(readPart([10, 9, 2, 10], long)).toEqual([2, 9, 10])
  })
  it.each([[3], [-1], [0.5]])('refuses %d of three positions', (outside) => {
    const refused = (): unknown => {
      try {
        return readPart([0, outside], sequence)
      } catch (error) {
        return failureOf(error)
      }
    }
    expect(readPart([0, 2], sequence)).toEqual([0, 2])
    expect(refused()).toEqual({ code: 'position-out-of-range', data: { position: outside, positions: 3 } })
  })
})
