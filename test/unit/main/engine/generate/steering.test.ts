import { describe, expect, it } from 'vitest'
import { steeringFactors } from '../../../../../src/main/engine/generate/steering.ts'

describe('steeringFactors', () => {
  it('are none when nothing is steered', () => {
    expect(steeringFactors([], 3)).toBeNull()
  })
  it('scale the steered positions, by the product where several apply', () => {
    const steering = [
      { positions: [0, 2], factor: 0.5 },
      { positions: [2, 1], factor: 3 },
    ]
    expect([...(steeringFactors(steering, 4) ?? [])]).toEqual([0.5, 3, 1.5, 1])
  })
  it('leave out positions that are not read yet', () => {
    expect([...(steeringFactors([{ positions: [1, 2], factor: 0 }], 2) ?? [])]).toEqual([1, 0])
  })
})
