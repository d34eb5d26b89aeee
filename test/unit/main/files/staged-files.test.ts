import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, symlink, writeFile, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf } from '../../../../src/shared/contract/failure.ts'
import { checkWritable, stageFiles } from '../../../../src/main/files/staged-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whence-atomic-'))
})
afterEach(() => rm(folder, { recursive: true }))

const read = (name: string) => readFile(join(folder, name), 'utf8')

async function failureFrom(work: Promise<unknown>) {
  return failureOf(await work.then(() => null).catch((error: unknown) => error))
}

describe('stageFiles', () => {
  it('shows nothing before the commit and everything after it', async () => {
    await writeFile(join(folder, 'old.json'), 'old')
    await using files = stageFiles()
    await files.add(join(folder, 'old.json'), 'old.json', 'new')
    await files.add(join(folder, 'fresh.csv'), 'fresh.csv', Buffer.from('fresh'))
    expect(await read('old.json')).toBe('old')
    await files.commit()
    expect([await read('old.json'), await read('fresh.csv')]).toEqual(['new', 'fresh'])
    expect((await readdir(folder)).sort()).toEqual(['fresh.csv', 'old.json'])
  })

  it('leaves the old file and no trace when the work stops before the commit', async () => {
    await writeFile(join(folder, 'old.json'), 'old')
    const work = async () => {
      await using files = stageFiles()
      await files.add(join(folder, 'old.json'), 'old.json', 'half')
      throw new Error('stopped')
    }
    await expect(work()).rejects.toThrow('stopped')
    expect(await readdir(folder)).toEqual(['old.json'])
    expect(await read('old.json')).toBe('old')
  })

  it('leaves no trace when a commit fails', async () => {
    await using files = stageFiles()
    await files.add(join(folder, 'a'), 'a', 'a')
    await files.add(join(folder, 'b'), 'b', 'b')
    await mkdir(join(folder, 'b', 'inner'), { recursive: true })
    const failure = await failureFrom(files.commit())
    await files[Symbol.asyncDispose]()
    expect(failure).toMatchObject({ code: 'output-unwritable', data: { name: 'b' } })
    expect((await readdir(folder)).sort()).toEqual(['a', 'b'])
  })

  it('replaces a link instead of writing through it', async () => {
    await writeFile(join(folder, 'elsewhere'), 'kept')
    await symlink(join(folder, 'elsewhere'), join(folder, 'link'))
    await using files = stageFiles()
    await files.add(join(folder, 'link'), 'link', 'new')
    await files.commit()
    expect([await read('elsewhere'), await read('link')]).toEqual(['kept', 'new'])
  })

  it('keeps the old file whole when there is no room for the new one', async () => {
    await writeFile(join(folder, 'old.html'), 'old')
    // A file that may not grow beyond a few kilobytes ends like one on a full disk: in the middle.
    const script = `
      import { stageFiles } from ${JSON.stringify(new URL('../../../../src/main/files/staged-files.ts', import.meta.url).href)}
      await using files = stageFiles()
      await files.add('old.html', 'old.html', 'new'.repeat(100_000)).catch((error) => console.log(JSON.stringify(error.failure)))`
    const limited = ['-c', 'ulimit -f 8 && exec "$@"', 'sh', process.execPath, '--input-type=module', '--eval', script]
    const { stdout } = spawnSync('sh', limited, { cwd: folder, encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual({
      code: 'output-unwritable',
      data: { name: 'old.html', reason: 'it is too large for the disk' },
    })
    expect(await readdir(folder)).toEqual(['old.html'])
    expect(await read('old.html')).toBe('old')
  })

  it.each([
    ['missing/file.json', 'its folder does not exist'],
    ['.', 'it is a folder'],
    ['x'.repeat(300), 'its name is too long'],
  ])('refuses %s', async (name, reason) => {
    await using files = stageFiles()
    const failure = await failureFrom(files.add(join(folder, name), name, 'text').then(() => files.commit()))
    expect(failure).toEqual({ code: 'output-unwritable', data: { name, reason } })
  })

  it('writes to a device without replacing it', async () => {
    await using files = stageFiles()
    await files.add('/dev/null', '/dev/null', 'text')
    await files.commit()
    expect((await readFile('/dev/null')).length).toBe(0)
  })
})

describe('checkWritable', () => {
  it('leaves no trace', async () => {
    await writeFile(join(folder, 'old'), 'old')
    await checkWritable(join(folder, 'old'), 'old')
    await checkWritable(join(folder, 'new'), 'new')
    expect(await readdir(folder)).toEqual(['old'])
  })

  it('says in one sentence what is wrong', async () => {
    expect(await failureFrom(checkWritable(join(folder, 'no', 'file'), 'no/file'))).toEqual({
      code: 'output-unwritable',
      data: { name: 'no/file', reason: 'its folder does not exist' },
    })
  })
})
