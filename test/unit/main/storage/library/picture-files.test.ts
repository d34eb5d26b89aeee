import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { picturesIn } from '../../../../../src/main/storage/library/picture-files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whence-pictures-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytes = Uint8Array.of(1, 2, 3)
const sha256 = createHash('sha256').update(bytes).digest('hex')

describe('picturesIn', () => {
  it('gives back what was written, which its owner alone may read', async () => {
    const pictures = picturesIn(folder)
    await pictures.write(sha256, bytes)
    expect(new Uint8Array((await pictures.read(sha256)) ?? [])).toEqual(bytes)
    expect(statSync(join(folder, sha256)).mode & 0o777).toBe(0o600)
  })

  it('has nothing under a name whose bytes were changed, and mends it by writing again', async () => {
    const pictures = picturesIn(folder)
    writeFileSync(join(folder, sha256), 'something else')
    expect(await pictures.read(sha256)).toBeNull()
    await pictures.write(sha256, bytes)
    expect(await pictures.read(sha256)).not.toBeNull()
  })

  it('removes all but the wanted, unfinished files too', async () => {
    const pictures = picturesIn(folder)
    await pictures.write(sha256, bytes)
    writeFileSync(join(folder, '.abc.0123456789ab.tmp'), 'half')
    writeFileSync(join(folder, 'unwanted'), 'x')
    pictures.keepOnly(new Set([sha256]))
    expect(readdirSync(folder)).toEqual([sha256])
  })
})
