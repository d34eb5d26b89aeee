import { describe, expect, it } from 'vitest'
import { frontPicture, knownPrefix } from '../../../../../src/main/engine/sequence/prefix.ts'
import { tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const shape = { layers: 2, heads: 1, headSize: 4, sharedLayers: 0 }

describe('knownPrefix', () => {
  it('is the picture’s keys and values where the picture comes first', async () => {
    const image = await tinyPicture(tinyModel())
    expect(frontPicture(image)).toBe(image)
    expect(knownPrefix(image, shape)).toBe(image.keyValues)
  })
  it('is empty where words come first, or there is no picture', async () => {
    const image = await tinyPicture(tinyModel())
    const later = { ...image, grid: { ...image.grid, start: 1 } }
    expect(frontPicture(later)).toBeNull()
    for (const prefix of [knownPrefix(later, shape), knownPrefix(null, shape)]) {
      expect(prefix).toMatchObject({ positions: 0, batch: 1 })
      expect(prefix.tensors).toHaveLength(4)
    }
  })
})
