import { expect, it } from 'vitest'
import type { PixelBox } from '../../src/shared/explanation/record.ts'
import { photograph, sixteenBit, strip, turned } from './harness/pictures.ts'
import { describeWhence } from './harness/suite.ts'
import { waiting } from './harness/window.ts'
import type { DroppedFile } from './harness/whence.ts'

interface Exported {
  readonly picture: { readonly width: number; readonly height: number; readonly notes: string[]; readonly seen: PixelBox }
  readonly relevance: number[][]
}

describeWhence('kinds of picture', (stage) => {
  const explain = async (file: DroppedFile): Promise<Exported> => {
    const { whence, view } = stage
    await view.answered(() => whence.dropFile(file))
    await view.explained()
    expect(await view.entries.first().textContent()).toContain(file.name)
    return JSON.parse((await view.exported('JSON')).bytes.toString()) as Exported
  }

  /** Every corner patch of the model's square lies where the map draws it. */
  const alignsWith = async (width: number, height: number): Promise<void> => {
    const { view } = stage
    for (const [row, column] of [
      [0, 0],
      [0, 11],
      [11, 0],
      [11, 11],
    ] as const) {
      const { x, y } = await view.patch(row, column, { width, height })
      await view.page.mouse.move(x, y)
      await expect.poll(() => view.tip(), waiting).toContain(`row ${row + 1}, column ${column + 1}`)
    }
    await view.page.mouse.move(2, 2)
  }

  it('takes a photograph of 4000x3000', async () => {
    const { picture } = await explain(await photograph(4000, 3000))
    expect([picture.width, picture.height]).toEqual([4000, 3000])
    expect(picture.seen).toEqual({ left: 500, top: 0, width: 3000, height: 3000 })
    await alignsWith(4000, 3000)
  })

  it('takes a strip of 200x2000', async () => {
    const { picture } = await explain(await strip(200, 2000))
    const { left, top, width, height } = picture.seen
    expect([left, top, width, height].map(Math.round)).toEqual([0, 900, 200, 200])
    await alignsWith(200, 2000)
  })

  it('takes a picture with 16 bits to the channel', async () => {
    const { picture } = await explain(await sixteenBit())
    await alignsWith(picture.width, picture.height)
    expect((await stage.view.tokenTexts()).join('')).toMatch(/\w/)
  })

  it('turns a picture as its EXIF orientation asks, and draws the same map at the same place', async () => {
    const { lying, upright } = await turned()
    const { view } = stage
    const standing = await explain(upright)
    const texts = await view.tokenTexts()
    await view.page.mouse.move(2, 2)
    const drawn = await view.settledDrawing()
    const rotated = await explain(lying)
    expect(rotated.picture.notes.join()).toMatch(/EXIF/)
    expect(rotated.relevance).toEqual(standing.relevance)
    expect(await view.tokenTexts()).toEqual(texts)
    await view.page.mouse.move(2, 2)
    await expect.poll(() => view.drawing(), waiting).toBe(drawn)
  })
})
