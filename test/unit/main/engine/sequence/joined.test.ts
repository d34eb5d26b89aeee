import { expect, it } from 'vitest'
import { joined } from '../../../../../src/main/engine/sequence/joined.ts'

it('lays lists one after the other, empty ones without a trace', () => {
  expect(joined(Float32Array.of(1, 2), new Float32Array(0), Float32Array.of(3))).toEqual(Float32Array.of(1, 2, 3))
  expect(joined()).toEqual(new Float32Array(0))
})
