import { expect, it } from 'vitest'
import { describeWhence } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

describeWhence('inspecting', (stage) => {
  const tokenCalled = async (text: string): Promise<void> => {
    await stage.view.tokens.getByText(text, { exact: true }).click()
  }

  it('shows the numbers of the patch under the pointer, those that are exported', async () => {
    const { view } = stage
    await view.explained()
    await tokenCalled('dog')
    const { bytes } = await view.exported('JSON')
    const [row, column] = await view.strongestCell()
    const [, nats = ''] = /\((.[\d.]+) nats\)/.exec(await view.mapWords()) ?? []
    const { x, y } = await view.patch(row, column)
    await view.page.mouse.move(x, y)
    await expect.poll(() => view.tip(), waiting).toContain(`row ${row + 1}, column ${column + 1}`)
    expect(await view.tip()).toContain('rank 1 of 144')
    const exported = relevanceOf(JSON.parse(bytes.toString()), ' dog', row, column)
    expect(await view.tip()).toContain(`+${exported.toFixed(3)} nats`)
    expect(nats).toBe(`+${exported.toFixed(2)}`)
    await view.page.mouse.move(2, 2)
    await expect.poll(() => view.tip(), waiting).toBe('')
  })

  it('asks of a patch which words drop without it', async () => {
    const { view } = stage
    const { x, y } = await view.patch(...(await view.strongestCell()))
    await view.page.mouse.click(x, y)
    const drops = view.page.getByRole('list', { name: 'Tokens that drop' }).getByRole('listitem')
    await drops.first().waitFor()
    expect(await drops.first().textContent()).toContain('dog')
    await view.page.keyboard.press('Escape')
    await drops.first().waitFor({ state: 'detached' })
  })

  it('asks the same of a word', async () => {
    const { view } = stage
    await view.relevantWords.getByRole('button').first().click()
    await view.page.getByRole('list', { name: 'Tokens that drop' }).waitFor()
    await view.page.keyboard.press('Escape')
  })

  it('asks the same of a lasso, and of patches added to it', async () => {
    const { view } = stage
    await view.lasso([1, 1], [4, 4])
    await view.page.getByText('Without 16 patches').waitFor()
    const how = view.page.locator('[data-role=without-words]')
    await expect.poll(() => how.textContent(), waiting).toContain('in one pass (f 0.90, 16 suppressed together, with neighbours')
    await view.page.getByRole('list', { name: 'Tokens that drop' }).waitFor()
    const { x, y } = await view.patch(8, 8)
    await view.page.keyboard.down('Shift')
    await view.page.mouse.click(x, y)
    await view.page.keyboard.up('Shift')
    await view.page.getByText('Without 17 patches').waitFor()
    await view.page.keyboard.press('Escape')
  })

  it('outlines neighbours as κ stands now, before anything is computed', async () => {
    const { view } = stage
    const { page } = view
    const { x, y } = await view.patch(6, 6)
    await page.mouse.move(x, y)
    const neighbours = async (): Promise<number> =>
      Number(/neighbours outlined: (\d+)/.exec(await view.tip())?.[1] ?? ((await view.tip()).includes('no neighbours') ? 0 : NaN))
    await expect.poll(neighbours, waiting).toBeGreaterThanOrEqual(0)
    const before = await neighbours()
    const kappa = page.getByRole('slider', { name: 'Neighbourhood κ' })
    await kappa.focus()
    await page.keyboard.press('Home')
    await expect.poll(neighbours, waiting).toBeGreaterThan(before)
    expect(await view.cancel.count()).toBe(0)
    await page.keyboard.press('End')
    await expect.poll(neighbours, waiting).toBe(0)
    await page.getByRole('button', { name: 'Defaults', exact: true }).click()
    await page.mouse.move(2, 2)
  })

  it('shows why this token and not that one', async () => {
    const { view } = stage
    const { page } = view
    await tokenCalled('dog')
    const alone = await view.settledDrawing()
    const why = page.getByRole('button', { name: /^Why dog, not / })
    await why.click()
    await page.getByRole('heading', { name: /^why “dog” and not “/ }).waitFor()
    await page.getByText(/^odds of “dog” against “/).waitFor()
    expect(await page.locator('[data-role=unit]').textContent()).toContain('twice the odds')
    await expect.poll(() => view.drawing(), waiting).not.toBe(alone)
    await page.getByRole('button', { name: 'Show it alone' }).click()
    await expect.poll(() => view.drawing(), waiting).toBe(alone)
  })

  it('switches the scale in the legend, which says what it is', async () => {
    const { view } = stage
    const legend = view.page.getByRole('group', { name: 'Legend' })
    const scale = legend.getByRole('combobox')
    const drawings = new Set<string>()
    const ends = new Set<string | null>()
    await tokenCalled('and')
    for (const name of ['this answer', 'this token', 'absolute']) {
      await scale.selectOption({ label: name })
      await view.page.waitForTimeout(50)
      drawings.add(await view.settledDrawing())
      ends.add(await legend.locator('.number').last().textContent())
    }
    expect(drawings.size).toBe(3)
    expect(ends.size).toBe(3)
    expect(await legend.textContent()).toContain('nats')
    await scale.selectOption({ label: 'this answer' })
  })

  it('lets the picture through as far as the slider says, and smooths when told, with a mark', async () => {
    const { view } = stage
    const { page } = view
    const before = await view.settledDrawing()
    const slider = page.getByRole('slider', { name: 'Picture through the map' })
    await slider.focus()
    await page.keyboard.press('End')
    await expect.poll(() => view.drawing(), waiting).not.toBe(before)
    await slider.fill('0.35')
    await expect.poll(() => view.drawing(), waiting).toBe(before)
    await page.getByRole('radio', { name: 'Smooth' }).check()
    await page.getByText('smoothed').waitFor()
    await expect.poll(() => view.drawing(), waiting).not.toBe(before)
    await page.getByRole('radio', { name: 'Cells' }).check()
  })

  it('shows the matrix: every input by every target', async () => {
    const { view } = stage
    await view.view('Matrix').check()
    const matrix = view.page.getByRole('figure', { name: /matrix/i })
    await matrix.waitFor()
    expect(await matrix.locator('canvas').count()).toBeGreaterThan(0)
    await view.view('Map').check()
    await view.map.waitFor()
  })

  it('shows the same numbers as a table that sorts', async () => {
    const { view } = stage
    await tokenCalled('dog')
    await view.view('Table').check()
    await view.table.waitFor()
    expect(await view.table.getByRole('columnheader').count()).toBeGreaterThan(2)
    const rows = view.table.getByRole('row')
    await expect.poll(() => rows.count(), waiting).toBeGreaterThan(10)
    const first = async (): Promise<string | null> => rows.nth(1).textContent()
    const orders = new Set<string | null>([await first()])
    const sorted = view.table.locator('[aria-sort]:not([aria-sort=none])')
    expect(await sorted.count()).toBe(1)
    await sorted.getByRole('button').click()
    await expect.poll(async () => orders.add(await first()).size, waiting).toBe(2)
    await view.view('Map').check()
  })
})

/** Relevance of a patch for the completion's target with this text, as the exported JSON has it. */
function relevanceOf(file: unknown, token: string, row: number, column: number): number {
  const { inputs, targets, relevance } = file as {
    inputs: { row: number | null; column: number | null }[]
    targets: { text: string; segment: string }[]
    relevance: number[][]
  }
  const input = inputs.findIndex((one) => one.row === row && one.column === column)
  const target = targets.findIndex((one) => one.text === token && one.segment === 'completion')
  const value = relevance[input]?.[target]
  if (value === undefined) throw new Error('the file has no such number')
  return value
}
