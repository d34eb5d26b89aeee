import { expect, it } from 'vitest'
import { describeEverywhere } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

describeEverywhere('tokens', (stage) => {
  it('previews the token under the pointer and goes back to the pinned one', async () => {
    const { view } = stage
    await view.explained()
    const [pinned = -1] = await view.pinned()
    const other = pinned === 0 ? 1 : 0
    const before = await view.settledDrawing()
    const words = await view.mapWords()
    await view.tokens.nth(other).hover()
    await expect.poll(() => view.mapWords(), waiting).not.toBe(words)
    await expect.poll(() => view.drawing(), waiting).not.toBe(before)
    expect(await view.pinned()).toEqual([pinned])
    await view.page.mouse.move(2, 2)
    await expect.poll(() => view.mapWords(), waiting).toBe(words)
    await expect.poll(() => view.drawing(), waiting).toBe(before)
  })

  it('pins a token on a click; every token has a map of its own', async () => {
    const { view } = stage
    const maps = new Set<string>()
    const count = await view.tokens.count()
    for (let place = 0; place < count; place += 1) {
      await view.tokens.nth(place).click()
      expect(await view.pinned()).toEqual([place])
      maps.add(await view.mapWords())
    }
    expect(maps.size).toBe(count)
  })

  it('unpins on Escape', async () => {
    const { view } = stage
    await view.tokens.nth(1).click()
    await view.page.keyboard.press('Escape')
    expect(await view.pinned()).toEqual([])
  })

  it('takes a span with shift, and shows its mean', async () => {
    const { view } = stage
    await view.tokens.nth(1).click()
    const one = await view.mapWords()
    await view.tokens.nth(3).click({ modifiers: ['Shift'] })
    expect(await view.pinned()).toEqual([1, 2, 3])
    expect(await view.mapWords()).not.toBe(one)
    await view.page.getByText('mean of 3 tokens', { exact: true }).waitFor()
  })

  it('steps with the arrow keys, and stops at both ends', async () => {
    const { view } = stage
    const last = (await view.tokens.count()) - 1
    await view.tokens.nth(last - 1).click()
    await view.page.keyboard.press('ArrowRight')
    expect(await view.pinned()).toEqual([last])
    await view.page.keyboard.press('ArrowRight')
    expect(await view.pinned()).toEqual([last])
    await view.tokens.nth(1).click()
    await view.page.keyboard.press('ArrowLeft')
    await view.page.keyboard.press('ArrowLeft')
    await view.page.keyboard.press('ArrowLeft')
    expect(await view.pinned()).toEqual([0])
  })

  it('leaves arrows to a text field that has the focus', async () => {
    const { view } = stage
    await view.tokens.nth(2).click()
    await view.prompt.focus()
    await view.page.keyboard.press('ArrowRight')
    expect(await view.pinned()).toEqual([2])
  })

  it('plays the sentence on space, but only while no control has the focus', async () => {
    const { view } = stage
    const { page } = view
    const pause = page.getByRole('button', { name: 'Pause', exact: true })
    await view.tokens.nth(0).click()
    await page.keyboard.press(' ')
    expect(await pause.count()).toBe(0)
    expect(await view.pinned()).toEqual([0])
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press(' ')
    await pause.waitFor()
    await expect.poll(() => view.pinned(), waiting).toEqual([1])
    await page.keyboard.press(' ')
    await pause.waitFor({ state: 'detached' })
  })

  it('explains a word of the prompt as a target too', async () => {
    const { view } = stage
    await view.promptWords.getByText('picture', { exact: true }).click()
    await expect.poll(() => view.mapWords(), waiting).toMatch(/^“?picture/)
    expect(await view.pinned()).toEqual([])
    expect(await view.promptWords.and(view.page.locator('[aria-pressed=true]')).count()).toBe(1)
  })
})
