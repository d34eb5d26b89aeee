import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { profileName } from '../../../../../src/main/engine/picture/picture-profile.ts'

/** A profile with one tag. */
function profileWith(tag: Buffer): Buffer {
  const start = Buffer.alloc(128 + 4 + 12)
  start.writeUInt32BE(1, 128)
  start.write('desc', 132)
  start.writeUInt32BE(start.length, 136)
  start.writeUInt32BE(tag.length, 140)
  return Buffer.concat([start, tag])
}

function version2(name: string, length = name.length + 1): Buffer {
  const tag = Buffer.alloc(100)
  tag.write('desc')
  tag.writeUInt32BE(length, 8)
  tag.write(name, 12, 'latin1')
  return tag
}

function version4(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le').swap16()
  const tag = Buffer.alloc(28)
  tag.write('mluc')
  tag.writeUInt32BE(1, 8)
  tag.writeUInt32BE(text.length, 20)
  tag.writeUInt32BE(28, 24)
  return Buffer.concat([tag, text])
}

describe('profileName', () => {
  it('reads the description of both versions', () => {
    expect(profileName(profileWith(version2('Adobe RGB (1998)')))).toBe('Adobe RGB (1998)')
    expect(profileName(profileWith(version4('Display P3')))).toBe('Display P3')
  })

  it('takes no control characters and no endless names from the file', () => {
    expect(profileName(profileWith(version4('a\u001b[31m\nb\u202e')))).toBe('a[31mb')
    expect(profileName(profileWith(version4('x'.repeat(500))))).toHaveLength(80)
    expect(profileName(profileWith(version2('', 0xffffffff)))).toBeNull()
  })

  it.prop([fc.uint8Array({ maxLength: 200 })])('reads any bytes without an error', (bytes) => {
    expect(profileName(profileWith(Buffer.from(bytes))) ?? '').toBeTypeOf('string')
    expect(profileName(bytes)).toBeNull()
  })
})
