import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildWhenStale } from '../../../../../src/main/cli/launch/build-when-stale.ts'

let root: string
const build = { product: 'out/page', sources: ['source', 'settings'], command: ['build.mjs'], what: 'the page' }

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'whence-build-'))
  await mkdir(join(root, 'source', 'deep'), { recursive: true })
  await mkdir(join(root, 'out'))
  await writeFile(join(root, 'source', 'deep', 'file'), '')
  await writeFile(
    join(root, 'build.mjs'),
    "import { appendFileSync } from 'node:fs'; console.log('noise'); appendFileSync('out/page', 'built ')",
  )
})
afterEach(async () => {
  await rm(root, { recursive: true })
})

const at = (path: string, seconds: number) => utimes(join(root, path), seconds, seconds)
const built = () => readFile(join(root, 'out', 'page'), 'utf8')

describe('buildWhenStale', () => {
  it('builds what is missing, and says so on the standard error', async () => {
    const stderr = new PassThrough()
    await buildWhenStale(root, build, stderr)
    expect(await built()).toBe('built ')
    expect(String(stderr.read())).toBe('building the page\nnoise\n')
  })

  it('builds again only when a source is newer', async () => {
    await writeFile(join(root, 'out', 'page'), '')
    await at('source/deep/file', 1000)
    await at('out/page', 2000)
    await buildWhenStale(root, build, new PassThrough())
    expect(await built()).toBe('')
    await at('source/deep/file', 3000)
    await buildWhenStale(root, build, new PassThrough())
    expect(await built()).toBe('built ')
  })

  it('takes what is there when there are no sources', async () => {
    await rm(join(root, 'source'), { recursive: true })
    await buildWhenStale(root, build, new PassThrough())
    await expect(built()).rejects.toThrow()
  })

  it('breaks off when building fails', async () => {
    await writeFile(join(root, 'build.mjs'), 'process.exit(1)')
    await expect(buildWhenStale(root, build, new PassThrough())).rejects.toThrow('could not be built')
  })
})
