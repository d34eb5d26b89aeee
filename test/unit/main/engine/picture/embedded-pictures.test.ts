import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { embeddedPictures } from '../../../../../src/main/engine/picture/embedded-pictures.ts'
import { tinyModel, tinyPicture } from '../../../../helpers/tiny-model.ts'

const never = new AbortController().signal
const picture = (content: number) => ({ name: `p${content}.png`, bytes: Uint8Array.of(content) })
const keyOf = (content: number) => createHash('sha256').update(Uint8Array.of(content)).digest('hex')

describe('embeddedPictures', () => {
  const open = () => {
    const embedded: number[] = []
    const model = tinyModel()
    const pictures = embeddedPictures(model, async (_, { bytes }) => {
      embedded.push(bytes[0] ?? -1)
      return tinyPicture(model)
    })
    return { pictures, embedded }
  }

  it('embeds a picture once, whatever it is called', async () => {
    const { pictures, embedded } = open()
    const first = await pictures.embed(picture(1), never)
    expect(await pictures.embed({ name: 'other.png', bytes: Uint8Array.of(1) }, never)).toBe(first)
    expect(embedded).toEqual([1])
    expect(pictures.find(keyOf(1))).toBe(first)
    expect(pictures.find(keyOf(2))).toBeNull()
  })
  it('keeps eight, the least recently used going first', async () => {
    const { pictures, embedded } = open()
    for (const content of [1, 2, 3, 4, 5, 6, 7, 8, 1, 9]) await pictures.embed(picture(content), never)
    expect(pictures.find(keyOf(2))).toBeNull()
    for (const content of [1, 3, 9]) expect(pictures.find(keyOf(content))).not.toBeNull()
    await pictures.embed(picture(2), never)
    expect(embedded).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 2])
  })
})
