import { expect, it } from 'vitest'
import { describeEverywhere } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

describeEverywhere('steering', (stage) => {
  it('writes again without a part of the picture, beside the plain completion, and marks what differs', async () => {
    const { view } = stage
    const { page } = view
    await view.explained()
    // The dog, in the lower right quarter.
    await view.lasso([6, 6], [11, 10])
    await page.getByRole('button', { name: 'Steer…' }).click()
    await page.getByRole('slider', { name: /^Factor of \d+ patches/ }).fill('0')
    await page.getByRole('button', { name: 'Write again' }).click()
    const steered = page.getByRole('group', { name: 'Steered completion' })
    await steered.waitFor()
    await expect.poll(() => steered.textContent(), waiting).not.toContain('writing…')
    expect(await steered.locator('[aria-label="Plain completion"]').textContent()).toBe((await view.tokenTexts()).join(''))
    expect(await steered.locator('[aria-label="Steered tokens"] mark').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Close the steered completion' }).click()
    await steered.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })

  it('steers by a word of the prompt; a factor of 1 changes nothing', async () => {
    const { view } = stage
    const { page } = view
    await view.relevantWords.getByRole('button').first().click()
    await page.getByRole('button', { name: 'Steer…' }).click()
    await page.getByRole('slider', { name: /^Factor of/ }).fill('1')
    await page.getByRole('button', { name: 'Write again' }).click()
    await page.getByText('the same text').waitFor()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
  })

  it('sets two explanations side by side', async () => {
    const { view } = stage
    const { page } = view
    await view.ask('Q: How many cats are there? A:')
    await view.entries
      .last()
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Compare with the shown one' }).click()
    const panel = page.getByRole('region', { name: /compar/i })
    await panel.waitFor()
    expect(await panel.locator('canvas').count()).toBeGreaterThanOrEqual(2)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })
})
