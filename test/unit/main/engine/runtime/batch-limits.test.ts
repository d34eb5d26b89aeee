import { describe, expect, it } from 'vitest'
import { batchLimits } from '../../../../../src/main/engine/runtime/batch-limits.ts'
import type { ModelInfo } from '../../../../../src/shared/explanation/model/model-info.ts'
import { modelCaution } from '../../../../../src/shared/explanation/model/model-info.ts'

const info: ModelInfo = {
  name: 'small',
  sha256: '0'.repeat(64),
  family: 'magma',
  precision: 'f32',
  grid: null,
  imageSize: null,
  layers: 4,
  heads: 8,
  keyValueHeads: 8,
  headSize: 32,
  hiddenSize: 256,
  vocabularySize: 1333,
  maxPositions: 256,
  knows: null,
}

describe('batchLimits', () => {
  it('takes as many rows as the person says', () => {
    expect(batchLimits(info, 5).rows).toBe(5)
  })

  it('computes fewer positions at once where each takes more memory', () => {
    expect(batchLimits({ ...info, hiddenSize: 4096, heads: 16 }, null).positions).toBeLessThan(batchLimits(info, null).positions)
  })

  it('always leaves room for one position', () => {
    expect(batchLimits({ ...info, hiddenSize: 1 << 24 }, null).positions).toBe(1)
  })

  it('runs rows of an 8-bit decoder alone, and warns of it', () => {
    expect(batchLimits({ ...info, precision: 'int8' }, 16).rows).toBe(1)
    expect(modelCaution({ precision: 'int8' })).toMatch(/8 bits/)
    expect(modelCaution(info)).toBeNull()
  })
})
