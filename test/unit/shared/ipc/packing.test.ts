import { isDeepStrictEqual } from 'node:util'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { NotPacked, pack, unpack } from '../../../../src/shared/ipc/packing.ts'

const typedArrays = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.uint8Array(),
  fc.int32Array(),
  fc.uint16Array(),
  fc.bigInt64Array(),
)
const leaves = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  typedArrays,
)
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaves,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor')), tie('value'), {
      noNullPrototype: true,
    }),
  ),
}))

describe('pack and unpack', () => {
  test.prop([values])('give every value back, bit for bit', (value) => {
    expect(isDeepStrictEqual(unpack(pack(value)), value)).toBe(true)
  })

  test.prop([values, fc.nat(64)])('read from the middle of a larger memory', (value, offset) => {
    const packed = pack(value)
    const around = new Uint8Array(packed.length + offset + 3).fill(0xff)
    around.set(packed, offset)
    expect(isDeepStrictEqual(unpack(around.subarray(offset, offset + packed.length)), value)).toBe(true)
  })

  it('keep the bits of floats and tell undefined from missing', () => {
    const floats = new Float32Array(new Uint32Array([0x7fc00001, 0x80000000, 0xff800000, 1]).buffer)
    const [back, rest] = unpack(pack([floats, { a: undefined }])) as [Float32Array, object]
    expect(new Uint32Array(back.buffer)).toEqual(new Uint32Array(floats.buffer))
    expect(Object.keys(rest)).toEqual(['a'])
  })

  it('take only the view of a larger memory and give memory of its own', () => {
    const view = new Float32Array([1, 2, 3, 4]).subarray(1, 3)
    const back = unpack(pack(view)) as Float32Array
    expect([...back]).toEqual([2, 3])
    expect(back.buffer.byteLength).toBe(8)
  })

  test.prop([values, fc.nat()])('refuse a value cut short, or read the same without the padding', (value, cut) => {
    const packed = pack(value)
    const short = packed.subarray(0, cut % packed.length)
    try {
      expect(isDeepStrictEqual(unpack(short), value)).toBe(true)
    } catch (error) {
      expect(error).toBeInstanceOf(NotPacked)
    }
  })

  test.prop([values, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })])(
    'survive flipped bytes',
    (value, flips) => {
      const packed = pack(value)
      for (const [place, byte] of flips) packed[place % packed.length] = byte
      try {
        unpack(packed)
      } catch (error) {
        expect(error).toBeInstanceOf(NotPacked)
      }
    },
  )

  it.each([
    ['a function', () => 0],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['something endless', Array.from({ length: 100 }).reduce((inner) => [inner], 0)],
  ])('refuse to pack %s', (_, value) => {
    expect(() => pack(value)).toThrow(TypeError)
  })

  it('leave prototypes alone', () => {
    const value = unpack(pack(JSON.parse('{"__proto__": {"polluted": true}}')))
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})
