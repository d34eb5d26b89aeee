import { createHash } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import type { Size } from '../../../src/renderer/features/image/camera.ts'
import { fitted } from '../../../src/renderer/features/image/camera.ts'
import { until } from './until.ts'

/** Space the window leaves around a fitted picture, in CSS pixels. */
const margin = 20
/** How long a poll waits, in milliseconds: only ends a hang. */
export const waiting = { timeout: 30_000, interval: 30 }

/** What a person finds in the window, by role and name. */
export class View {
  readonly page: Page
  readonly openPicture: Locator
  readonly prompt: Locator
  readonly write: Locator
  readonly cancel: Locator
  readonly exporting: Locator
  readonly completion: Locator
  readonly tokens: Locator
  readonly promptWords: Locator
  readonly map: Locator
  readonly relevantWords: Locator
  readonly history: Locator
  readonly entries: Locator
  readonly table: Locator
  readonly messages: Locator

  constructor(page: Page) {
    this.page = page
    this.openPicture = page.getByRole('button', { name: 'Open picture', exact: true })
    this.prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
    this.write = page.getByRole('button', { name: 'Write', exact: true })
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true })
    this.exporting = page.getByRole('button', { name: 'Export', exact: true })
    this.completion = page.getByRole('list', { name: 'Completion', exact: true })
    this.tokens = this.completion.getByRole('button')
    this.promptWords = page.getByRole('list', { name: 'Prompt words', exact: true }).getByRole('button')
    this.map = page.getByRole('figure', { name: 'Relevance map', exact: true })
    this.relevantWords = page.getByRole('list', { name: 'Relevant words', exact: true })
    this.history = page.getByRole('list', { name: 'History', exact: true })
    this.entries = this.history.getByRole('listitem')
    this.table = page.getByRole('table', { name: 'Relevance table', exact: true })
    this.messages = page.getByRole('region', { name: 'Messages' })
  }

  /** One of the views. */
  view(name: 'Map' | 'Matrix' | 'Table'): Locator {
    return this.page.getByRole('radio', { name, exact: true })
  }

  /** Text of every token of the completion, exactly. */
  async tokenTexts(): Promise<string[]> {
    return this.tokens.allTextContents()
  }

  /** Places in the completion of the tokens that are pinned. */
  async pinned(): Promise<number[]> {
    const states = await this.tokens.evaluateAll((all) => all.map((token) => token.getAttribute('aria-pressed')))
    return states.flatMap((state, place) => (state === 'true' ? [place] : []))
  }

  /** How fine the map is: "none", "3x3", "12x12". */
  async mapSize(): Promise<string | null> {
    return (await this.map.count()) === 0 ? null : this.map.getAttribute('data-map')
  }

  /** The map in a sentence. */
  async mapWords(): Promise<string> {
    return (await this.map.locator('figcaption').textContent()) ?? ''
  }

  /** Waits until a full map is shown and nothing is being computed. */
  async explained(size = '12x12'): Promise<void> {
    await until(`the map is ${size}`, async () => (await this.mapSize()) === size)
    await this.idle()
  }

  /** Waits until nothing is being computed. */
  async idle(): Promise<void> {
    await this.cancel.waitFor({ state: 'detached', timeout: waiting.timeout })
  }

  /** Writes the prompt and waits for the explanation. */
  async ask(prompt: string): Promise<void> {
    await this.prompt.fill(prompt)
    await this.answered(() => this.write.click())
  }

  /** Does what sets off an explanation, and waits until it is in the history: only then it can be exported. */
  async answered(act: () => Promise<unknown>): Promise<void> {
    await this.begun(act)
    await until('the explanation is in the history', () => this.#finished())
  }

  /** Does what sets off some work, and waits until it has begun, however soon it ends. */
  async begun(act: () => Promise<unknown>): Promise<void> {
    const busy = this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const look = (): void => {
            if ([...document.querySelectorAll('button')].some((button) => button.textContent === 'Cancel')) resolve()
          }
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true })
          look()
        }),
    )
    // When the act itself fails, that is the news.
    busy.catch(() => null)
    await act()
    await busy
  }

  /** A fingerprint of what is drawn on the stage. The last frame may still be under way: poll it. */
  async drawing(): Promise<string> {
    const canvases = await this.map
      .locator('canvas')
      .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()))
    return createHash('sha256').update(canvases.join()).digest('hex')
  }

  /** Waits until two frames in a row are the same. @returns the fingerprint */
  async settledDrawing(): Promise<string> {
    let before = ''
    await until('the drawing rests', async () => {
      const now = await this.drawing()
      const same = now === before
      before = now
      return same
    })
    return before
  }

  /** Row and column, from 0, of the cell that the map's sentence names first; people read them from 1. */
  async strongestCell(): Promise<readonly [row: number, column: number]> {
    const [, row, column] = /row (\d+), column (\d+)/.exec(await this.mapWords()) ?? []
    if (row === undefined || column === undefined) throw new Error('the map names no cell')
    return [Number(row) - 1, Number(column) - 1]
  }

  /** The middle of a patch of a square picture's 12x12 map, in CSS pixels of the window. */
  async patch(row: number, column: number, picture: Size = { width: 1, height: 1 }): Promise<{ x: number; y: number }> {
    const box = await this.map.locator('canvas').first().boundingBox()
    if (box === null) throw new Error('nothing is drawn')
    const { scale, x, y } = fitted(picture, { width: Math.floor(box.width), height: Math.floor(box.height) }, margin)
    const side = Math.min(picture.width, picture.height)
    const left = (picture.width - side) / 2
    const top = (picture.height - side) / 2
    return {
      x: box.x + x + scale * (left + ((column + 0.5) * side) / 12),
      y: box.y + y + scale * (top + ((row + 0.5) * side) / 12),
    }
  }

  /** Draws a lasso with the mouse around the patches of a square picture from one to another. */
  async lasso(first: readonly [row: number, column: number], last: readonly [row: number, column: number]): Promise<void> {
    const { mouse } = this.page
    const [from, to] = [await this.patch(...first), await this.patch(...last)]
    const half = ((await this.patch(0, 1)).x - (await this.patch(0, 0)).x) * 0.4
    const [left, top, right, bottom] = [from.x - half, from.y - half, to.x + half, to.y + half]
    await mouse.move(left, top)
    await mouse.down()
    for (const [x, y] of [
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top + 8],
    ] as const)
      await mouse.move(x, y, { steps: 5 })
    await mouse.up()
  }

  /** What the tip beside a hovered patch says. */
  async tip(): Promise<string> {
    const tip = this.map.locator('.tip')
    return (await tip.count()) === 0 ? '' : ((await tip.textContent()) ?? '')
  }

  /** Chooses from the menu "Export" and takes the file that comes. */
  async exported(item: string): Promise<{ name: string; bytes: Buffer }> {
    await this.exporting.click()
    const download = this.page.waitForEvent('download')
    await this.page.getByRole('menuitem', { name: item, exact: true }).click()
    const file = await download
    const chunks: Buffer[] = []
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
    return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) }
  }

  async #finished(): Promise<boolean> {
    if ((await this.cancel.count()) > 0) return false
    if ((await this.tokens.count()) === 0) return false
    return (await this.history.locator('[aria-current=true]').count()) === 1
  }
}
