import { describe, expect, it } from 'vitest'
import { modelCaution } from '../../../../../src/shared/explanation/model/model-info.ts'
import { precision, precisionFacts, precisionSuffixes } from '../../../../../src/shared/explanation/model/precision.ts'

describe('precisions', () => {
  it('are told by the end of a file name, the most exact first', () => {
    expect(precisionSuffixes).toEqual([
      ['', 'f32'],
      ['_fp16', 'fp16'],
      ['_int8', 'int8'],
      ['_quantized', 'int8'],
      ['_q4', 'q4'],
    ])
  })

  it('are these four', () => {
    expect(precision.options.map((name) => precision.parse(name))).toEqual(['f32', 'fp16', 'int8', 'q4'])
    expect(precision.safeParse('q8').success).toBe(false)
  })

  it('of 8 bits alone let rows share their scales, and ask for caution', () => {
    const careful = precision.options.filter((name) => precisionFacts(name).sharesScales)
    expect(careful).toEqual(precision.options.filter((name) => modelCaution({ precision: name }) !== null))
    expect(careful).toEqual(['int8'])
    expect(modelCaution({ precision: 'int8' })).toMatch(/^This decoder computes in 8 bits, .* another precision\.$/)
  })
})
