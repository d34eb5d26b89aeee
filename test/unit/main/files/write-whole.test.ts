import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeWhole } from '../../../../src/main/files/write-whole.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whence-whole-'))
})
afterEach(() => rm(folder, { recursive: true }))

const inFolder = (name: string) => join(folder, name)
const read = (name: string) => readFile(inFolder(name), 'utf8')

describe('writeWhole', () => {
  it('puts the new content in the place of the old and leaves nothing beside it', async () => {
    await writeFile(inFolder('a'), 'a longer old content')
    await writeWhole(inFolder('a'), 'new')
    expect([await read('a'), await readdir(folder)]).toEqual(['new', ['a']])
  })

  it('leaves nothing beside the path when the last step fails', async () => {
    await mkdir(inFolder('taken'))
    await expect(writeWhole(inFolder('taken'), 'new')).rejects.toMatchObject({ syscall: 'rename' })
    await expect(writeWhole(inFolder('x'.repeat(300)), 'new')).rejects.toMatchObject({ code: 'ENAMETOOLONG' })
    expect(await readdir(folder)).toEqual(['taken'])
    expect(await readdir(inFolder('taken'))).toEqual([])
  })

  it('lets only the owner read a file of the owner, whoever could read what was there', async () => {
    await writeFile(inFolder('token'), 'old', { mode: 0o644 })
    await writeWhole(inFolder('token'), 'secret', 'owner')
    expect((await stat(inFolder('token'))).mode & 0o777).toBe(0o600)
  })

  it('replaces a link instead of writing through it', async () => {
    await writeFile(inFolder('elsewhere'), 'kept')
    await symlink(inFolder('elsewhere'), inFolder('link'))
    await writeWhole(inFolder('link'), 'new')
    expect([await read('elsewhere'), await read('link')]).toEqual(['kept', 'new'])
  })
})
