import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstEntry } from '../../../../../src/main/app/explain/first-entry.ts'
import { packExplanation } from '../../../../../src/main/app/explain/stored-explanation.ts'
import type { Storage } from '../../../../../src/main/storage/storage.ts'
import { openStorage } from '../../../../../src/main/storage/storage.ts'
import { newEntry } from '../../../../helpers/storage/new-entry.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'
import { explanation, model } from '../../export/hand-made.ts'
import { runProgram } from '../run-program.ts'

let place: ReturnType<typeof temporaryFolder>
let folder = ''
let storage: Storage
let sample = ''
beforeEach(async () => {
  place = temporaryFolder()
  folder = place.path
  // Open while the command runs: the app's own session.
  storage = await openStorage(join(folder, 'profile'))
  sample = (await firstEntry(storage, 'resources/samples')) ?? ''
})
afterEach(() => {
  storage.close()
  place[Symbol.dispose]()
})

const run = (...args: string[]) => runProgram(['export', '--profile', 'profile', ...args], { folder })

/** A document's explanation, newer than the sample. */
function addDocument(name: string): string {
  const entry = newEntry(name)
  const whole = explanation({ picture: null, prompt: [name], completion: [' yes', '.'] })
  const { sha256, family, precision } = model
  storage.cache.put(
    'explanation',
    entry.cacheKey,
    packExplanation({ ...whole, model: { name: model.name, sha256, family, precision } }),
  )
  return storage.history.add(entry).id
}

describe('whence export', () => {
  it('writes the newest entry of a library in use, named after what it shows', async () => {
    const { status, stdout, stderr } = await run('--last', '1', '--format', 'png', '--tokens', '4')
    expect([status, stdout]).toEqual([0, 'cats-dog.png\n'])
    expect(stderr).not.toContain('failed')
    expect((await sharp(await readFile(join(folder, 'cats-dog.png'))).metadata()).width).toBe(1200)
  })

  it('takes no other file’s place when it chooses the name itself', async () => {
    await writeFile(join(folder, 'cats-three-cats-and-a-dog.csv'), 'mine')
    expect((await run(sample, '--format', 'csv')).stdout).toBe('cats-three-cats-and-a-dog-2.csv\n')
    expect(await readFile(join(folder, 'cats-three-cats-and-a-dog.csv'), 'utf8')).toBe('mine')
  })

  it('puts several into one archive, newest first', async () => {
    const document = addDocument('A fact')
    const { status, stdout } = await run('--last', '5', '--format', 'json', '--out', 'all.zip')
    const files = unzipSync(await readFile(join(folder, 'all.zip')))
    expect([status, stdout, Object.keys(files)]).toEqual([0, 'all.zip\n', ['yes.json', 'cats-three-cats-and-a-dog.json']])
    expect(strFromU8(files['yes.json'] ?? new Uint8Array())).toContain(document)
  })

  it('tells which of several could not be exported, in the archive and on the standard error', async () => {
    storage.history.add(newEntry('without numbers'))
    const { status, stderr } = await run('--last', '2', '--format', 'csv', '--out', 'all.zip')
    expect([status, Object.keys(unzipSync(await readFile(join(folder, 'all.zip'))))]).toEqual([
      0,
      ['cats-three-cats-and-a-dog.csv', 'not-exported.txt'],
    ])
    expect(stderr).toMatch(/not exported: document: without numbers.*The numbers of this entry are no longer kept/)
  })

  it('finds entries by the first letters of their ids', async () => {
    expect((await run(sample.slice(0, 8), '--format', 'svg', '--out', 'out/')).stdout).toBe(
      `${join('out', 'cats-three-cats-and-a-dog.svg')}\n`,
    )
    expect(await readFile(join(folder, 'out', 'cats-three-cats-and-a-dog.svg'), 'utf8')).toContain(sample)
  })

  it('writes to the standard output, and nothing else there', async () => {
    const { stdout } = await run(sample, '--out', '-')
    expect(stdout).toMatch(/^<!doctype html>.*<\/html>\n$/s)
  })

  it.each([
    [['--last', '1', 'some'], 2, 'option-invalid'],
    [[], 2, 'option-invalid'],
    [['--last', '0'], 2, 'option-invalid'],
    [['--last', '1', '--format', 'pdf'], 2, 'option-invalid'],
    [['--last', '1', '--tokens', 'x'], 2, 'option-invalid'],
    [['--last', '1', '--tokens', '40'], 2, 'token-out-of-range'],
    [['00000000'], 2, 'entry-missing'],
    [[''], 2, 'entry-missing'],
    [['--last', '1', '--out', 'missing/x.png'], 6, 'output-unwritable'],
  ])('refuses %j with status %i and one sentence', async (args, status, code) => {
    const before = await readdir(folder)
    const refused = await run(...args)
    expect(refused).toMatchObject({ status, stdout: '' })
    expect(refused.stderr).toMatch(new RegExp(`(^|\\n)${code}: [^\\n]+\\.\\n$`))
    expect(await readdir(folder)).toEqual(before)
  })

  it('says that numbers are gone instead of writing half a file', async () => {
    const { id } = storage.history.add(newEntry('without numbers'))
    const { status, stderr } = await run(id)
    expect([status, stderr.split(':')[0]]).toEqual([2, 'entry-numbers-gone'])
    expect(await readdir(folder)).toEqual(['profile'])
  })

  it('finds no library where there is none, and makes none', async () => {
    await mkdir(join(folder, 'empty'))
    const refused = await runProgram(['export', '--last', '1', '--profile', 'empty'], { folder })
    expect([refused.status, refused.stderr.split(':')[0]]).toEqual([6, 'library-unusable'])
    expect(await readdir(join(folder, 'empty'))).toEqual([])
  })

  it('draws a file that --json wrote, of any version, and answers what is asked of it', async () => {
    const file = resolve('test/fixtures/explanations/version-1.json')
    const text = await runProgram(['export', file, '--format', 'text', '--tokens', '1'], { folder })
    expect([text.status, text.stdout.split('\n')[1]]).toEqual([0, 'title\t"“Paul”"'])
    const svg = await runProgram(['export', file, '--format', 'svg', '--tokens', '1', '--out', '-'], { folder })
    expect(svg.stdout).toContain('scale: this answer')
    const refused = await runProgram(['export', file, '--format', 'text', '--tokens', '1', '--why-not', '2'], { folder })
    expect([refused.status, refused.stderr.split(':')[0]]).toEqual([2, 'candidate-unknown'])
  })

  it('draws a file’s map only over the picture that was explained', async () => {
    const json = join(folder, 'cats.json')
    await run(sample, '--format', 'json', '--out', json)
    const draw = (...args: string[]) => runProgram(['export', json, '--format', 'svg', '--out', '-', ...args], { folder })
    expect((await draw()).stderr).toMatch(/^option-invalid: --picture: the explanation is about a picture/m)
    expect((await draw('--picture', resolve('resources/samples/band.png'))).stderr).toContain(
      'is not the picture that was explained',
    )
    const drawn = await draw('--picture', resolve('resources/samples/cats.png'), '--without', '4,7')
    expect([drawn.status, drawn.stdout.includes('Without row 4, column 7')]).toEqual([0, true])
  })

  it('refuses a file that is no explanation', async () => {
    await writeFile(join(folder, 'other.json'), '{}')
    const refused = await runProgram(['export', 'other.json'], { folder })
    expect([refused.status, refused.stderr.split(':')[0]]).toEqual([3, 'file-unreadable'])
  })
})
