import { describe, expect, it } from 'vitest'
import { inputIndex, position } from '../../../../../src/shared/values/brand.ts'
import type { Input } from '../../../../../src/shared/explanation/record.ts'
import type { MatrixInput } from '../../../../../src/shared/explanation/view/matrix.ts'
import { matrixColumns } from '../../../../../src/renderer/features/matrix/matrix-layout.ts'

const parts = Array.from({ length: 14 }, (_, index): Input => ({
  index: inputIndex(index),
  kind: index < 9 ? 'patch' : index < 12 ? 'token' : 'word',
  segment: index < 9 ? 'image' : 'prompt',
  row: index < 9 ? Math.floor(index / 3) : null,
  column: index < 9 ? index % 3 : null,
  text: 'x',
  members: [position(index)],
}))
const inputs = parts.map((input): MatrixInput => ({ input, label: 'x', kind: input.kind }))

describe('matrixColumns', () => {
  const columns = matrixColumns(inputs, { room: 300, text: 20, leastPatch: 3, gap: 2 })

  it('keeps the order and lets no two overlap', () => {
    columns.forEach(({ part, left }, place) => {
      const before = columns[place - 1]
      expect(part.input.index).toBe(place)
      if (before !== undefined) expect(left).toBeGreaterThanOrEqual(before.left + before.width - 1e-9)
    })
  })

  it('parts the rows of the picture, and picture, tokens and words', () => {
    const gap = (place: number) =>
      (columns[place]?.left ?? 0) - (columns[place - 1]?.left ?? 0) - (columns[place - 1]?.width ?? 0)
    expect([1, 3, 6, 9, 10, 12].map((place) => Math.round(gap(place)))).toEqual([0, 2, 2, 8, 0, 8])
  })

  it('never makes a patch too thin to see', () => {
    expect(matrixColumns(inputs, { room: 10, text: 20, leastPatch: 3, gap: 2 })[0]?.width).toBe(3)
  })
})
