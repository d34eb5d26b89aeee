import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explainSample } from '../../../../../scripts/make-sample-explanation.ts'
import { firstEntry } from '../../../../../src/main/app/explain/first-entry.ts'
import { explanationKey } from '../../../../../src/main/app/explain/explain-question.ts'
import { unpackExplanation } from '../../../../../src/main/app/explain/stored-explanation.ts'
import { openStorage } from '../../../../../src/main/storage/storage.ts'
import { defaultSettings } from '../../../../../src/shared/contract/default-settings.ts'
import { newEntry, sha256 } from '../../../../helpers/storage/new-entry.ts'
import { temporaryFolder } from '../../../../helpers/storage/temporary-folder.ts'
import { root } from '../../../../helpers/test-model.ts'

const samples = join(root, 'resources', 'samples')
const stored = unpackExplanation(readFileSync(join(samples, 'cats.explanation')))

describe('the stored explanation of the first sample', () => {
  it('is still what the engine says; if numbers changed on purpose: raise `computation` and run scripts/make-sample-explanation.ts', async () => {
    const computed = await explainSample(root)
    const { relevance, timings: _, targets, completion, ...rest } = computed
    expect(stored).toMatchObject(structuredClone(rest))
    expect(stored?.completion.text).toBe(completion.text)
    expect(stored?.targets.map(({ text }) => text)).toEqual(targets.map(({ text }) => text))
    const differences = relevance.values.map((value, place) => Math.abs(value - (stored?.relevance.values[place] ?? Number.NaN)))
    expect(Math.max(...differences)).toBeLessThan(1e-3)
  })

  it('answers the question that the window asks when nothing was changed', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    const entry = storage.history.find((await firstEntry(storage, samples)) ?? '')
    const { prompt, sampling, suppression } = defaultSettings
    const picture = sha256(readFileSync(join(samples, 'cats.png')))
    const question = { picture, prompt, target: null, sampling, suppression, targets: 'all', chunks: null } as const
    expect(entry?.cacheKey).toBe(explanationKey({ info: { sha256: stored?.model.sha256 ?? '' }, provider: 'cpu' }, question))
    expect(entry?.completion).toBe(' three cats and a dog.')
    storage.close()
  })

  it('stays away from a library that has something already', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    storage.history.add(newEntry('mine'))
    expect(await firstEntry(storage, samples)).toBeNull()
    expect(storage.history.list({ search: '', offset: 0, limit: 5 }).total).toBe(1)
    storage.close()
  })

  it('is done without when it is not there', async () => {
    using folder = temporaryFolder()
    const storage = await openStorage(folder.path)
    expect(await firstEntry(storage, folder.path)).toBeNull()
    storage.close()
  })
})
