import { execFileSync } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPictureFile } from '../../../../../src/main/engine/picture/picture-file.ts'
import { failureFrom, temporaryFolder, writeFolder } from '../model/small-model.ts'

describe('readPictureFile', () => {
  it('reads the bytes and keeps the name that was given', async () => {
    const path = join(await writeFolder({ 'a.png': Buffer.from([1, 2, 3]) }), 'a.png')
    const { name, bytes } = await readPictureFile(path)
    expect([name, [...bytes]]).toEqual([path, [1, 2, 3]])
  })

  it('says that a file is missing', async () => {
    const folder = await writeFolder({ a: 'x' })
    for (const name of [join(folder, 'b'), join(folder, 'a', 'b')]) {
      expect(await failureFrom(readPictureFile(name))).toEqual({ code: 'picture-missing', data: { name } })
    }
  })

  it('says why something cannot be read', async () => {
    const name = await temporaryFolder()
    expect(await failureFrom(readPictureFile(name))).toEqual({
      code: 'picture-unreadable',
      data: { name, reason: 'it is a folder' },
    })
  })

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    const name = join(await temporaryFolder(), 'pipe')
    execFileSync('sh', ['-c', 'mkfifo "$0"', name])
    expect(await failureFrom(readPictureFile(name))).toEqual({
      code: 'picture-unreadable',
      data: { name, reason: 'it is no regular file' },
    })
  })

  it('refuses a file of more than 64 MiB by its size alone', async () => {
    const name = join(await temporaryFolder(), 'large.png')
    await writeFile(name, '')
    await truncate(name, 2 ** 40)
    expect(await failureFrom(readPictureFile(name))).toEqual({ code: 'picture-too-large', data: { name, limit: '64 MiB' } })
  })
})
