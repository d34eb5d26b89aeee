import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keptValue } from '../../../../../src/main/app/explain/kept-value.ts'
import { pack } from '../../../../../src/shared/contract/packing.ts'

const schema = z.strictObject({ nats: z.instanceof(Float32Array) })
const read = (bytes: Uint8Array | null) => keptValue({ get: () => bytes }, 'joint-pass', 'key', schema)

describe('keptValue', () => {
  it('reads what was packed', () => {
    expect(read(pack({ nats: Float32Array.of(1, -2) }))).toEqual({ nats: Float32Array.of(1, -2) })
  })
  it('is null where nothing is kept, or something damaged or of another form', () => {
    expect(read(null)).toBeNull()
    expect(read(Uint8Array.of(1, 2, 3))).toBeNull()
    expect(read(pack({ nats: [1, -2] }))).toBeNull()
  })
})
