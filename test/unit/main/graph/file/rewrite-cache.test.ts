import { readdirSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { instrumentDecoder } from '../../../../../src/main/graph/instrument.ts'
import { readRewrite, rewriteKey, writeRewrite } from '../../../../../src/main/graph/file/rewrite-cache.ts'
import { embedded } from '../decoder-run.ts'
import { changedDecoder, temporaryFolder, writeModel } from '../model-folder.ts'

const rewrite = { description: { layers: 3, note: 'ü' }, bytes: Uint8Array.of(1, 2, 3, 250) }

describe('the cache of rewrites', () => {
  it('gives back what was kept', async () => {
    const folder = join(temporaryFolder(), 'made', 'on', 'demand')
    await writeRewrite(folder, 'key', rewrite)
    expect(await readRewrite(folder, 'key')).toEqual(rewrite)
    expect(readdirSync(folder)).toEqual(['key.atman'])
  })

  it('misses what was never kept', async () => {
    expect(await readRewrite(temporaryFolder(), 'key')).toBeNull()
  })

  property.prop([fc.nat(), fc.integer({ min: 1, max: 255 })], { numRuns: 20 })(
    'misses an entry with a changed byte',
    async (place, change) => {
      const folder = temporaryFolder()
      await writeRewrite(folder, 'key', rewrite)
      const file = join(folder, 'key.atman')
      const bytes = readFileSync(file)
      const at = place % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ change
      writeFileSync(file, bytes)
      expect(await readRewrite(folder, 'key')).toBeNull()
    },
  )

  property.prop([fc.nat()], { numRuns: 20 })('misses an entry cut short', async (length) => {
    const folder = temporaryFolder()
    await writeRewrite(folder, 'key', rewrite)
    const file = join(folder, 'key.atman')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, length % bytes.length))
    expect(await readRewrite(folder, 'key')).toBeNull()
  })

  it('does without a folder that cannot be written', async () => {
    const file = writeModel(temporaryFolder(), Uint8Array.of(1))
    await expect(writeRewrite(file, 'key', rewrite)).resolves.toBeUndefined()
    expect(await readRewrite(file, 'key')).toBeNull()
  })

  property.prop([fc.array(fc.string()), fc.array(fc.string())])('gives one name to equal parts only', (left, right) => {
    expect(rewriteKey(left) === rewriteKey(right)).toBe(JSON.stringify(left) === JSON.stringify(right))
  })
})

describe('instrumentDecoder with a cache', () => {
  it('gives the same rewrite from the cache as again, and makes it once', async () => {
    const folder = temporaryFolder()
    const fresh = await instrumentDecoder(embedded.file, 'shifted', folder)
    const [entry = ''] = readdirSync(folder)
    const { mtimeMs } = statSync(join(folder, entry))
    expect(await instrumentDecoder(embedded.file, 'shifted', folder)).toEqual(fresh)
    expect(await instrumentDecoder(embedded.file, 'shifted', null)).toEqual(fresh)
    expect(readdirSync(folder)).toEqual([entry])
    expect(statSync(join(folder, entry)).mtimeMs).toBe(mtimeMs)
  })

  it('keeps variants and models apart', async () => {
    const [folder, models] = [temporaryFolder(), temporaryFolder()]
    const other = changedDecoder((_, graph) => void (graph.name = 'other'))
    await instrumentDecoder(embedded.file, 'shifted', folder)
    await instrumentDecoder(embedded.file, 'plain', folder)
    await instrumentDecoder(writeModel(models, other), 'plain', folder)
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('makes a damaged entry again', async () => {
    const folder = temporaryFolder()
    const fresh = await instrumentDecoder(embedded.file, 'shifted', folder)
    const [entry = ''] = readdirSync(folder)
    const sound = readFileSync(join(folder, entry))
    writeFileSync(join(folder, entry), sound.subarray(0, sound.length / 2))
    expect(await instrumentDecoder(embedded.file, 'shifted', folder)).toEqual(fresh)
    expect(readFileSync(join(folder, entry))).toEqual(sound)
  })

  it('keeps no weights', async () => {
    const folder = temporaryFolder()
    await instrumentDecoder(embedded.file, 'shifted', folder)
    const [entry = ''] = readdirSync(folder)
    expect(statSync(join(folder, entry)).size).toBeLessThan(statSync(embedded.file).size / 50)
  })

  it('finds the weights of a model behind a symbolic link', async () => {
    const link = join(temporaryFolder(), 'decoder.onnx')
    symlinkSync(embedded.file, link)
    const { weightsFolder } = await instrumentDecoder(link, 'shifted', null)
    expect(weightsFolder).toBe(dirname(realpathSync(embedded.file)))
  })
})
