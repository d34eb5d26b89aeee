import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listSamples, readSample } from '../../../../../src/main/app/pictures/samples.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { root } from '../../../../helpers/test-model.ts'

const folder = join(root, 'resources', 'samples')

describe('the samples', () => {
  it('are twelve, each with what is in it, and those the model errs on say so', async () => {
    const samples = await listSamples(folder)
    expect(samples).toHaveLength(12)
    expect(samples.find(({ name }) => name === 'cats')?.note).toBe('cat, cat, cat, dog')
    expect(
      samples
        .filter(({ note }) => note.includes('the model'))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['garden', 'harbour', 'space'])
  })
  it('can all be read', async () => {
    for (const { name } of await listSamples(folder)) expect((await readSample(folder, name)).bytes.length).toBeGreaterThan(1000)
  })
  it.each(['cats.png', '../samples/cats', 'toString', '__proto__'])('are read by name only, not by "%s"', async (name) => {
    const code = await readSample(folder, name).catch((error: unknown) => failureOf(error)?.code)
    expect(code).toBe('picture-missing')
  })
})
