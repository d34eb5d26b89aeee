import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sampleFile } from './harness/pictures.ts'
import { describeWhence } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Serious and critical findings of axe, each with where. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`,
    )
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if ((await wanted.count()) > 0 && (await wanted.first().evaluate((element) => element === document.activeElement))) return
    await page.keyboard.press(key)
  }
  throw new Error(`Tab never reached ${String(wanted)}`)
}

describeWhence('accessibility', (stage) => {
  for (const scheme of ['light', 'dark'] as const)
    it(`has no serious finding of axe in any main state, ${scheme}`, async () => {
      const { whence, view } = stage
      const { page } = view
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await view.explained()
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe(scheme)
      const check = async (state: string): Promise<void> => expect(await findings(page), state).toEqual([])
      await check('explained')
      await view.tokens.first().click()
      const { x, y } = await view.patch(5, 5)
      await page.mouse.click(x, y)
      await check('a patch chosen')
      await page.keyboard.press('Escape')
      await view.view('Table').check()
      await check('table')
      await view.view('Matrix').check()
      await check('matrix')
      await view.view('Map').check()
      for (const menu of ['Export', 'Samples', 'Presets', 'Settings']) {
        await page.getByRole('button', { name: menu, exact: true }).click()
        await check(menu)
        await page.keyboard.press('Escape')
      }
      await page.getByRole('combobox', { name: /rule/ }).selectOption('log')
      await check('stale')
      await page.getByRole('button', { name: 'Defaults', exact: true }).click()
      await whence.dropFile({ name: 'letter.png', mime: 'image/png', bytes: Buffer.from('no picture') })
      await view.messages.getByRole('alert').waitFor()
      await check('refused')
      whence.complaints.forgive(/the server responded with a status of 4/)
      await view.messages.getByRole('button', { name: 'Close the message' }).click()
      await view.answered(async () => {
        await whence.dropFile(sampleFile('cars'))
        await view.cancel.waitFor()
        await check('computing')
      })
    })

  it('gives every contract name to exactly one thing', async () => {
    const { view } = stage
    for (const locator of [
      view.openPicture,
      view.prompt,
      view.write,
      view.exporting,
      view.completion,
      view.map,
      view.relevantWords,
      view.history,
    ])
      expect(await locator.count(), String(locator)).toBe(1)
    for (const name of ['Map', 'Matrix', 'Table'] as const) expect(await view.view(name).count(), name).toBe(1)
  })

  it('is done by keyboard alone: ask, step, pin, look at a patch, read the table, export', async () => {
    const { view } = stage
    const { page } = view
    await page.reload()
    await view.explained()
    await tabTo(page, view.prompt)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('This is a picture of')
    await view.answered(() => page.keyboard.press('Enter'))
    await view.explained()
    await tabTo(page, view.tokens.and(page.locator('[tabindex="0"]')))
    await page.keyboard.press('Home')
    const [before = 0] = await view.pinned()
    await page.keyboard.press(before === 0 ? 'ArrowRight' : 'ArrowLeft')
    await expect.poll(() => view.pinned(), waiting).toEqual([before === 0 ? 1 : before - 1])
    await page.keyboard.press('Enter')
    const surface = page.getByRole('group', { name: /^Picture: arrow keys/ })
    await tabTo(page, surface, 'Shift+Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page
      .getByRole('status')
      .getByText(/row \d+, column \d+/)
      .waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('list', { name: 'Tokens that drop' }).waitFor()
    await page.keyboard.press('Escape')
    await tabTo(page, view.view('Map'), 'Shift+Tab')
    await page.keyboard.press('ArrowRight')
    await view.table.or(page.getByRole('figure', { name: /matrix/i })).waitFor()
    await tabTo(page, view.exporting, 'Shift+Tab')
    await page.keyboard.press('Enter')
    const download = page.waitForEvent('download')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    expect((await download).suggestedFilename()).toMatch(/\.csv$/)
    await tabTo(page, view.history.getByRole('button').first(), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await view.view('Map').check()
    await view.explained()
  })

  it('reads the table out: headings for rows and columns', async () => {
    const { view } = stage
    await view.view('Table').check()
    const tree = await view.table.ariaSnapshot()
    expect(tree).toMatch(/columnheader/)
    expect(tree).toMatch(/rowheader|row ".*[+−]\d/)
    await view.view('Map').check()
  })
})
