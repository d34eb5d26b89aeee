import { describe, expect, it } from 'vitest'
import { inputRows, jointRows } from '../../../../../src/main/engine/explain/factor-rows.ts'
import { embedSequence } from '../../../../../src/main/engine/sequence/embedded-sequence.ts'
import { listInputs } from '../../../../../src/shared/atman/inputs.ts'
import type { PatchGrid } from '../../../../../src/shared/explanation/record.ts'
import { position } from '../../../../../src/shared/values/brand.ts'
import { tokensOf } from '../../../shared/sequence/tokens.ts'

/** Two numbers per token; ' b' and the second cell point the same way, all else at right angles to them. */
const model = {
  embedTokens: async (ids: readonly number[]) => Float32Array.from(ids.flatMap((id) => (id === 1 ? [0, 3] : [2, 0]))),
}
const cells = Float32Array.of(1, 0, 0, 1)
const suppression = { strength: 0.5, threshold: 0.7 }

async function rowsOf(grid: PatchGrid | null, threshold: number | null) {
  const image = grid && { grid, embeddings: cells }
  const sequence = await embedSequence(model, image, tokensOf('a', ' b'), tokensOf(' c', ' d'))
  const texts = { promptText: 'a b', completionText: ' c d' }
  const inputs = listInputs({ sequence, ...texts, selection: 'all', chunks: null })
  return { sequence, rows: inputRows(inputs, sequence, { strength: 0.5, threshold }) }
}

describe('inputRows', () => {
  it('suppress each input with what is like it', async () => {
    const { rows } = await rowsOf({ rows: 1, columns: 2, start: 0 }, 0.7)
    expect(rows).toMatchObject({ count: 5, sequence: 5, patchesFirst: true })
    expect([...rows.factors.subarray(5, 10)]).toEqual([1, 0.5, 1, 0.5, 1])
    expect([...rows.factors.subarray(20, 25)]).toEqual([0.5, 1, 0.5, 1, 0.5])
  })
  it('suppress each input alone with the neighbourhood switched off', async () => {
    const { rows } = await rowsOf({ rows: 1, columns: 2, start: 0 }, null)
    expect([...rows.factors.subarray(5, 10)]).toEqual([1, 0.5, 1, 1, 1])
  })
  it('are not those of an image bank where words come first, or there is no picture', async () => {
    expect((await rowsOf({ rows: 1, columns: 2, start: 1 }, 0.7)).rows.patchesFirst).toBe(false)
    expect((await rowsOf(null, 0.7)).rows.patchesFirst).toBe(false)
  })
})

describe('jointRows', () => {
  it('suppress each part at once, and are never rows of the image bank', async () => {
    const { sequence } = await rowsOf({ rows: 1, columns: 2, start: 0 }, 0.7)
    const parts = [[position(1)], [position(0), position(1)]]
    const rows = jointRows(parts, sequence, suppression)
    expect(rows).toMatchObject({ count: 2, sequence: 5, patchesFirst: false })
    expect([...rows.factors]).toEqual([1, 0.5, 1, 0.5, 1, 0.5, 0.5, 0.5, 0.5, 0.5])
    expect([...jointRows(parts, sequence, { strength: 0.5, threshold: null }).factors.subarray(5)]).toEqual([0.5, 0.5, 1, 1, 1])
  })
})
