import { describe, expect, it } from 'vitest'
import { fillBank, openBank } from '../../../../../src/main/engine/explain/fill-bank.ts'
import { ImageBank } from '../../../../../src/main/engine/explain/image-bank.ts'
import { byteLength, emptyKeyValues } from '../../../../../src/main/engine/runtime/key-values.ts'
import { cosineSimilarity } from '../../../../../src/shared/atman/similarity.ts'
import { suppressionRow } from '../../../../../src/shared/atman/suppression.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import type { Suppression } from '../../../../../src/shared/explanation/parameters.ts'
import { defaultSuppression } from '../../../../../src/shared/explanation/parameters.ts'
import { element } from '../../../../../src/shared/values/element.ts'
import { collectAll } from '../../../../helpers/collect-all.ts'
import type { TinyModel } from '../../../../helpers/tiny-model.ts'
import { tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const plenty = 2 ** 20

async function open(bank: ImageBank, model: TinyModel, suppression: Suppression = defaultSuppression, name = 'picture') {
  const image = await tinyPicture(model, name)
  const access = openBank(bank, model, await model.decoder(suppression.variant), image, suppression)
  if (access === null) throw new Error('the bank has no room')
  return { image, access }
}

describe('openBank', () => {
  it('holds every patch’s row once, in chunks no larger than a batch', async () => {
    const { access } = await open(new ImageBank(plenty), tinyModel())
    expect(access.chunks.flatMap(({ rows }) => rows).sort()).toEqual([0, 1, 2, 3, 4, 5])
    for (const { rows, parts } of access.chunks) {
      expect(rows.length).toBeLessThanOrEqual(3)
      expect(parts.flatMap((part) => part.rows)).toEqual(rows)
    }
    expect(access.chunks).toHaveLength(2)
  })
  it('gathers small parts into one chunk as far as they fit', async () => {
    // Without neighbours row i begins at patch i, and one part of one row each is as cheap as larger ones.
    const single = { ...defaultSuppression, threshold: null }
    const { access } = await open(new ImageBank(plenty), tinyModel({ limits: { rows: 4, positions: 6 } }), single)
    expect(access.chunks.map(({ parts }) => parts.map(({ rows }) => rows))).toEqual([
      [[0], [1], [2], [3]],
      [[4], [5]],
    ])
  })
  it.each([7, 12, 1000])(
    'has the keys, values and last scores of a full pass of each row, by %d positions at once',
    async (positions) => {
      const model = tinyModel({ limits: { rows: 5, positions } })
      const { image, access } = await open(new ImageBank(plenty), model)
      const decoder = await model.decoder('shifted')
      const similarity = cosineSimilarity(image.embeddings, 6, 4)
      for (const [index, { rows }] of access.chunks.entries()) {
        const chunk = await access.chunk(index, never)
        for (const [place, row] of rows.entries()) {
          const { keyValues, logits } = await decoder.forward({
            embeddings: image.embeddings,
            batch: 1,
            past: emptyKeyValues(decoder.shape, 1),
            factors: suppressionRow(row, similarity.subarray(row * 6, (row + 1) * 6), defaultSuppression),
            layers: null,
            targets: [5],
            ids: [[0]],
            want: { logits: true, keyValues: true },
          })
          keyValues?.tensors.forEach(({ data }, tensor) => {
            const own = element(chunk.keyValues.tensors, tensor).data.subarray(place * 24, (place + 1) * 24)
            own.forEach((value, at) => expect(value).toBeCloseTo(element(data, at), 5))
          })
          chunk.lastLogits
            .subarray(place * 8, (place + 1) * 8)
            .forEach((score, id) => expect(score).toBeCloseTo(element(logits?.data ?? [], id), 4))
        }
      }
    },
  )
  it('computes a chunk once, and nothing at all for a question on a ready bank', async () => {
    const bank = new ImageBank(plenty)
    const model = tinyModel()
    const first = await open(bank, model)
    expect(first.access.ready()).toBe(false)
    const kept = await first.access.chunk(0, never)
    expect(first.access.ready()).toBe(false)
    await first.access.chunk(1, never)
    expect(first.access.ready()).toBe(true)
    const again = await open(bank, model)
    const before = model.runs.length
    expect(again.access.ready()).toBe(true)
    expect(await again.access.chunk(0, never)).toBe(kept)
    expect(model.runs).toHaveLength(before)
  })
  it.each<[string, Partial<Suppression>]>([
    ['strength', { strength: 0.8 }],
    ['threshold', { threshold: 0.6 }],
    ['neighbourhood', { threshold: null }],
    ['variant', { variant: 'log' }],
    ['layers', { layers: [1] }],
  ])('takes no other %s for its own', async (_, change) => {
    const bank = new ImageBank(plenty)
    const model = tinyModel()
    await collectAll(fillBank((await open(bank, model)).access, never))
    expect((await open(bank, model, { ...defaultSuppression, ...change })).access.ready()).toBe(false)
    expect((await open(bank, model)).access.ready()).toBe(true)
  })
  it('takes no other picture and no other model for its own', async () => {
    const bank = new ImageBank(plenty)
    await collectAll(fillBank((await open(bank, tinyModel())).access, never))
    expect((await open(bank, tinyModel(), defaultSuppression, 'other')).access.ready()).toBe(false)
    expect((await open(bank, tinyModel({ sha256: 'other' }))).access.ready()).toBe(false)
  })
  it('runs its rows with the layers and the variant they are named by', async () => {
    const model = tinyModel()
    const { access } = await open(new ImageBank(plenty), model, { ...defaultSuppression, variant: 'plain', layers: [1] })
    const before = model.runs.length
    await access.chunk(0, never)
    expect(model.runs.slice(before).map(({ layers, variant }) => [layers, variant])).toContainEqual([[1], 'plain'])
  })
  it('is not opened where not all rows of the picture fit', async () => {
    const model = tinyModel()
    const image = await tinyPicture(model)
    const needed = 6 * (byteLength(image.keyValues) + image.lastLogits.byteLength)
    const decoder = await model.decoder('shifted')
    expect(openBank(new ImageBank(needed), model, decoder, image, defaultSuppression)).not.toBeNull()
    expect(openBank(new ImageBank(needed - 1), model, decoder, image, defaultSuppression)).toBeNull()
  })
  it('has nothing to hold where nothing is suppressed', async () => {
    const { access } = await open(new ImageBank(plenty), tinyModel(), { ...defaultSuppression, strength: 0 })
    expect(access.chunks).toEqual([])
    expect(access.ready()).toBe(true)
  })
  it('has no chunk beyond its last', async () => {
    const { access } = await open(new ImageBank(plenty), tinyModel())
    await expect(access.chunk(2, never)).rejects.toThrow('no element 2')
  })
})

describe('fillBank', () => {
  it('computes what is missing and counts rows', async () => {
    const { access } = await open(new ImageBank(plenty), tinyModel())
    const { events } = await collectAll(fillBank(access, never))
    expect(events).toEqual([
      { done: 3, total: 6 },
      { done: 6, total: 6 },
    ])
    expect(access.ready()).toBe(true)
  })
  it('ends between two chunks when it is cancelled', async () => {
    const { access } = await open(new ImageBank(plenty), tinyModel())
    const controller = new AbortController()
    const filling = fillBank(access, controller.signal)
    await filling.next()
    controller.abort()
    expect(await filling.next().catch(failureOf)).toMatchObject({ code: 'cancelled' })
    expect(access.ready()).toBe(false)
  })
})
