import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { maskOnGrid } from '../../../../src/shared/metrics/object-mask.ts'

const picture = fc
  .record({ width: fc.integer({ min: 2, max: 20 }), height: fc.integer({ min: 2, max: 20 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      labels: fc.uint8Array({ min: 0, max: 2, minLength: width * height, maxLength: width * height }),
    }),
  )
const grid = fc.record({ rows: fc.integer({ min: 1, max: 7 }), columns: fc.integer({ min: 1, max: 7 }) })

describe('maskOnGrid', () => {
  it('counts pixels cut by an edge with the part inside', () => {
    const mask = { width: 3, height: 1, labels: Uint8Array.of(0, 7, 0) }
    expect([...maskOnGrid(mask, 7, { rows: 1, columns: 2 }, { left: 0, top: 0, width: 3, height: 1 })]).toEqual(
      [1 / 3, 1 / 3].map(Math.fround),
    )
  })
  it('looks only where the model saw', () => {
    const mask = { width: 4, height: 2, labels: Uint8Array.of(1, 0, 1, 1, 1, 0, 0, 1) }
    expect([...maskOnGrid(mask, 1, { rows: 2, columns: 2 }, { left: 1, top: 0, width: 2, height: 2 })]).toEqual([0, 1, 0, 0])
  })
  it.prop([picture, grid])('keeps the object’s area', (mask, shape) => {
    const shares = maskOnGrid(mask, 1, shape, { left: 0, top: 0, width: mask.width, height: mask.height })
    const area = mask.labels.filter((label) => label === 1).length / mask.labels.length
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(area, 5)
  })
  it.prop([picture, grid])('gives every patch away exactly once among the labels', (mask, shape) => {
    const seen = { left: 0, top: 0, width: mask.width, height: mask.height }
    const shares = [0, 1, 2].map((label) => maskOnGrid(mask, label, shape, seen))
    shares[0]?.forEach((share, patch) => expect(share + (shares[1]?.[patch] ?? 0) + (shares[2]?.[patch] ?? 0)).toBeCloseTo(1, 5))
  })
  it('sees nothing beyond the picture', () => {
    const mask = { width: 1, height: 1, labels: Uint8Array.of(1) }
    expect([...maskOnGrid(mask, 1, { rows: 1, columns: 2 }, { left: 0, top: 0, width: 2, height: 1 })]).toEqual([1, 0])
  })
})
