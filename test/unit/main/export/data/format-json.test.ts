import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { formatJson } from '../../../../../src/main/export/data/format-json.ts'

describe('formatJson', () => {
  it.prop([fc.dictionary(fc.string(), fc.jsonValue())])('is JSON of the same value', (value) => {
    const plain: unknown = JSON.parse(JSON.stringify(value))
    expect(JSON.parse(formatJson(plain as object))).toEqual(plain)
  })

  it('puts every row of numbers on a line of its own', () => {
    expect(formatJson({ relevance: [[1, 2], [3]] })).toBe('{\n  "relevance": [\n    [1,2],\n    [3]\n  ]\n}\n')
  })
})
