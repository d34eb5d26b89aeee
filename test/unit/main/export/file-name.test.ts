import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { exportFileName, safeName, targetFileName, uniqueName } from '../../../../src/main/export/file-name.ts'

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

describe('exportFileName', () => {
  it.each([
    ['cats.png', ' dog', 'png', 'cats-dog.png'],
    ['my.cats.tar.gz', ' dog', 'png2x', 'my-cats-tar-dog@2x.png'],
    ['', ' Ben', 'html', 'Ben.html'],
    ['😀.png', '.', 'svg', 'explanation.svg'],
    ['con', '', 'csv', 'con-.csv'],
  ] as const)('calls %j and %j as %s %s', (picture, said, format, name) => {
    expect(exportFileName(picture, said, format)).toBe(name)
  })
})

describe('uniqueName', () => {
  it('numbers what is taken, in front of the ending', () => {
    const taken = new Set<string>()
    expect(
      ['a.png', 'A.png', 'a.png', 'a@2x.png', 'A@2x.png', 'x-tokens.png', 'x-tokens.png'].map((name) => uniqueName(name, taken)),
    ).toEqual(['a.png', 'A-2.png', 'a-3.png', 'a@2x.png', 'A-2@2x.png', 'x-tokens.png', 'x-2-tokens.png'])
  })
})
