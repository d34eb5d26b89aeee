import { createHash } from 'node:crypto'
import { readdir, rename, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashModel } from '../../../../../src/main/engine/model/model-hash.ts'
import { failureFrom, temporaryFolder, writeFolder } from './small-model.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hashOf = (root: string, cache: string | null = null) => hashModel({ name: 'toy', root }, cache)

describe('hashModel', () => {
  it('is that of the sorted names with the hashes of their files', async () => {
    const folder = await writeFolder({ 'onnx/b': 'two', 'a.json': 'one', 'onnx.txt': 'three' })
    const lines = [`a.json ${sha256('one')}\n`, `onnx.txt ${sha256('three')}\n`, `onnx/b ${sha256('two')}\n`]
    expect(await hashOf(folder)).toBe(sha256(lines.join('')))
  })

  it('does not depend on the card, the licences or hidden files', async () => {
    const plain = await writeFolder({ a: 'one' })
    const rich = await writeFolder({ a: 'one', 'README.md': 'x', LICENSE: 'y', 'NOTICE.txt': 'z', '.git/config': 'w' })
    expect(await hashOf(rich)).toBe(await hashOf(plain))
  })

  it('depends on every other byte and name', async () => {
    const hashes = await Promise.all(
      [{ a: 'one' }, { a: 'onf' }, { b: 'one' }, { a: 'one', b: '' }].map(async (files) => hashOf(await writeFolder(files))),
    )
    expect(new Set(hashes).size).toBe(4)
  })

  it('is the same from the cache, notices a changed file of the same size and time, and survives a broken cache', async () => {
    const [folder, cache] = [await writeFolder({ a: 'one', b: 'two' }), join(await temporaryFolder(), 'new')]
    const first = await hashOf(folder, cache)
    expect(await hashOf(folder, cache)).toBe(first)
    await utimes(join(folder, 'a'), 1, 1)
    await hashOf(folder, cache)
    await writeFile(join(folder, 'c'), 'onf')
    await rename(join(folder, 'c'), join(folder, 'a'))
    await utimes(join(folder, 'a'), 1, 1)
    const changed = await hashOf(folder, cache)
    expect(changed).toBe(await hashOf(folder))
    expect(changed).not.toBe(first)
    const [file] = await readdir(cache)
    await writeFile(join(cache, file ?? ''), '{"a":1}')
    expect(await hashOf(folder, cache)).toBe(changed)
  })

  it('does without a cache that cannot be written', async () => {
    const folder = await writeFolder({ a: 'one' })
    expect(await hashOf(folder, join(folder, 'a', 'cache'))).toBe(await hashOf(folder))
  })

  it('refuses links out of the folder and folders that hold too much', async () => {
    const folder = await writeFolder({ a: 'one' })
    await symlink('/etc', join(folder, 'b'))
    expect(await failureFrom(hashOf(folder))).toMatchObject({ code: 'model-unsafe', data: { file: 'b' } })
    const deep = await writeFolder({ [`${'d/'.repeat(12)}a`]: '' })
    expect(await failureFrom(hashOf(deep))).toMatchObject({ code: 'model-invalid' })
  })
})
