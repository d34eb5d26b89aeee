import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { safeName, targetFileName } from '../../../../src/main/export/file-name.ts'

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('CON', 'a/../../b', 'x'.repeat(300), '\u202Egnp.exe', 'Nul', '..', ' '),
)

describe('safeName', () => {
  it.prop([names])('holds letters, digits, marks and inner hyphens only', (text) => {
    expect(safeName(text)).toMatch(/^([\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}-]*)?$/u)
  })

  it.prop([names])('is at most 120 bytes long', (text) => {
    expect(Buffer.byteLength(safeName(text))).toBeLessThanOrEqual(120)
  })

  it.each(['con', 'NUL', 'lpt1', 'COM9'])('is not the device %s', (name) => {
    expect(safeName(name)).toBe(`${name}-`)
  })

  it('never climbs out of its folder', () => {
    expect(safeName('a/../../b\\c')).toBe('a-b-c')
  })
})

describe('targetFileName', () => {
  it.each([
    [{ segment: 'completion', index: 0, text: ' three' }, '00-three.png'],
    [{ segment: 'completion', index: 11, text: '.' }, '11-full-stop.png'],
    [{ segment: 'completion', index: 2, text: ' ,' }, '02-comma.png'],
    [{ segment: 'completion', index: 2, text: '😀' }, '02-token.png'],
    [{ segment: 'completion', index: 3, text: ' ÉTÉ' }, '03-été.png'],
    [{ segment: 'prompt', index: 1, text: ' is' }, 'prompt-01-is.png'],
  ] as const)('names %j %s', (target, name) => {
    expect(targetFileName(target, 12)).toBe(name)
  })

  it('sorts by place also with more than a hundred tokens', () => {
    expect(targetFileName({ segment: 'completion', index: 7, text: 'a' }, 120)).toBe('007-a.png')
  })

  it.prop([
    fc.uniqueArray(fc.tuple(fc.constantFrom('prompt' as const, 'completion' as const), fc.nat(200)), { selector: String }),
    names,
  ])('is unique within an explanation', (places, text) => {
    const all = places.map(([segment, index]) => targetFileName({ segment, index, text }, 200).toLowerCase())
    expect(new Set(all).size).toBe(all.length)
  })
})
