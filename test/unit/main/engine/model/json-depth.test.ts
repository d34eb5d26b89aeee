import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { jsonDepth } from '../../../../../src/main/engine/model/json-depth.ts'

const depthOf = (text: string) => jsonDepth(new TextEncoder().encode(text))

describe('jsonDepth', () => {
  it.each([
    ['1', 0],
    ['[]', 1],
    ['{"a":[{}]}', 3],
    ['[[],[[]]]', 3],
    ['"[[["', 0],
    [String.raw`["\"[[", 1]`, 1],
  ])('of %s is %i', (text, depth) => {
    expect(depthOf(text)).toBe(depth)
  })

  it('of a hundred thousand brackets is found without recursion', () => {
    expect(depthOf('['.repeat(100_000))).toBe(100_000)
  })

  it.prop([fc.jsonValue({ noUnicodeString: false })])('is that of the parsed value', (value) => {
    expect(depthOf(JSON.stringify(value))).toBe(measured(value))
  })
})

function measured(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(measured))
}
