import { fc, it } from '@fast-check/vitest'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect } from 'vitest'
import { failureOf } from '../../../../src/shared/contract/failure.ts'
import { pack, unpack } from '../../../../src/shared/contract/packing.ts'

const floats = fc.float32Array({ maxLength: 9 })
const longs = fc.bigInt64Array({ maxLength: 5 })
const bytes = fc.uint8Array({ maxLength: 9 })
const numbers = fc.oneof(fc.double(), fc.constantFrom(NaN, -0, Infinity, -Infinity, undefined))
const texts = fc.string({
  unit: fc.oneof(fc.constantFrom('\ud800', '\udfff', '\u0000', '"', '\\', '🐕'), fc.string({ unit: 'binary' })),
})
const keys = fc.oneof(fc.constantFrom('$', '__proto__', 'n', 'of', 'toJSON', 'constructor'), fc.string())

/** Anything that may be packed. */
const values = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('record')),
  leaf: fc.oneof(fc.constant(null), fc.boolean(), numbers, texts, floats, longs, bytes),
  list: fc.array(tie('value'), { maxLength: 4 }),
  record: fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
})).value

/** What reading gives: the value, or the code of the failure; anything else is thrown. */
function reading(packed: Uint8Array): unknown {
  try {
    unpack(packed)
    return 'value'
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return failure.code
  }
}

/** A message with any header at all. */
function message(header: string, tail = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(header)
  const start = Math.ceil((8 + text.length) / 8) * 8
  const packed = new Uint8Array(tail.length === 0 ? 8 + text.length : start + tail.length)
  packed.set(pack(null).subarray(0, 4))
  new DataView(packed.buffer).setUint32(4, text.length, true)
  packed.set(text, 8)
  if (tail.length > 0) packed.set(tail, start)
  return packed
}

describe('packing', () => {
  it.prop([values])('gives every value back as it was', (value) => {
    // `toStrictEqual` takes a key `constructor` for the class.
    expect(isDeepStrictEqual(unpack(pack(value)), value)).toBe(true)
  })

  it.prop([values, fc.nat({ max: 9 })])('does not mind where in a buffer the message lies', (value, offset) => {
    const packed = pack(value)
    const buffer = new Uint8Array(offset + packed.length + 3)
    buffer.set(packed, offset)
    expect(isDeepStrictEqual(unpack(buffer.subarray(offset, offset + packed.length)), value)).toBe(true)
  })

  it('keeps what JSON loses', () => {
    const value = { list: [undefined, NaN, -0, Infinity, -Infinity], missing: undefined, text: 'a\ud800b' }
    const back = unpack(pack(value)) as typeof value
    expect(Object.is(back.list[2], -0)).toBe(true)
    expect(Object.hasOwn(back, 'missing')).toBe(true)
    expect(back).toStrictEqual(value)
  })

  it('packs the viewed part of an array only, and gives arrays of their own', () => {
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3)
    const packed = pack([view, view])
    const [first, second] = unpack(packed) as [Float32Array, Float32Array]
    expect([...first]).toEqual([2, 3])
    expect(first.buffer.byteLength).toBe(8)
    expect(first.buffer).not.toBe(second.buffer)
  })

  it('keeps the bits of a float, payloads of NaN included', () => {
    const bits = Uint32Array.of(0x7fc0_1234, 0x8000_0000, 0xff80_0000)
    const back = unpack(pack(new Float32Array(bits.buffer))) as Float32Array
    expect([...new Uint32Array(back.buffer)]).toEqual([...bits])
  })

  it('aligns every array to 8 bytes', () => {
    const packed = pack([Uint8Array.of(1), BigInt64Array.of(-1n)])
    expect((packed.length - 8) % 8).toBe(0)
    expect([...packed.subarray(-8)]).toEqual(Array(8).fill(255))
  })

  it('makes no prototype of a key', () => {
    const back = unpack(message('{"__proto__":{"polluted":true}}')) as object
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each([[() => {}], [1n], [Symbol('x')], [new Date(0)], [new Map()], [Int16Array.of(1)]])(
    'refuses to pack %s as a bug',
    (value) => {
      expect(() => pack({ value })).toThrow(TypeError)
    },
  )

  it('refuses to pack a cycle', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(() => pack(cycle)).toThrow(TypeError)
  })
})

describe('unpacking what others made', () => {
  it.prop([fc.uint8Array({ maxLength: 64 })])('answers any bytes with a value or a typed error', (junk) => {
    expect(['value', 'data-damaged']).toContain(reading(junk))
  })

  it.prop([fc.string()])('answers any header with a value or a typed error', (header) => {
    expect(['value', 'data-damaged']).toContain(reading(message(header)))
  })

  it.prop([fc.json()])('answers any JSON with a value or a typed error', (header) => {
    expect(['value', 'data-damaged']).toContain(reading(message(header)))
  })

  it.prop([values, fc.nat(), fc.integer({ min: 1, max: 255 })])('answers a flipped byte likewise', (value, place, mask) => {
    const packed = pack(value)
    const index = place % packed.length
    packed[index] = (packed[index] ?? 0) ^ mask
    expect(['value', 'data-damaged']).toContain(reading(packed))
  })

  it.prop([values, fc.nat()])('refuses a message cut short or made longer', (value, place) => {
    const packed = pack(value)
    expect(reading(packed.subarray(0, place % packed.length))).toBe('data-damaged')
    expect(reading(new Uint8Array([...packed, 0]))).toBe('data-damaged')
  })

  it.each([
    ['more floats than there are bytes', '{"$":"f32","n":4000000000}'],
    ['a length beyond all integers', '{"$":"u8","n":1e300}'],
    ['a negative length', '{"$":"u8","n":-1}'],
    ['half an element', '{"$":"i64","n":0.5}'],
    ['a length in words', '{"$":"u8","n":"1"}'],
    ['no length', '{"$":"u8"}'],
    ['an unknown word', '{"$":"f64","n":0}'],
    ['a word of every object', '{"$":"constructor"}'],
    ['entries that are none', '{"$":"object","of":[1]}'],
    ['a header without end', '{'],
    ['a header that is not ASCII', '"é"'],
    ['an abyss', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('refuses %s', (_, header) => {
    expect(reading(message(header))).toBe('data-damaged')
  })

  it('hands every byte out once, so that a short message cannot ask for much memory', () => {
    const twice = '[{"$":"u8","n":8},{"$":"u8","n":8}]'
    expect(reading(message(twice, new Uint8Array(8)))).toBe('data-damaged')
    expect(reading(message(twice, new Uint8Array(16)))).toBe('value')
  })

  it('reads no header longer than allowed', () => {
    const packed = pack('x'.repeat(100))
    expect(() => unpack(packed, 50)).toThrow('header is too long')
  })
})
