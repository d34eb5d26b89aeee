import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { sampleFile } from './harness/pictures.ts'
import { remembered } from './harness/remembered.ts'
import { seededProfile } from './harness/host/seeded-profile.ts'
import { describeWhence } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

describeWhence('history', (stage) => {
  const entry = (name: RegExp) => stage.view.history.locator('.entry-open').filter({ hasText: name })
  const enginePasses = async (): Promise<string> => (await stage.view.page.getByRole('contentinfo').textContent()) ?? ''

  it('reopens a past explanation without any model pass: the engine is dead and stays dead', async () => {
    const { whence, view } = stage
    await view.explained()
    await view.answered(() => whence.dropFile(sampleFile('safari')))
    await view.tokens.first().click()
    const texts = await view.tokenTexts()
    const map = await view.mapWords()
    const passes = await enginePasses()
    await entry(/three cats and a dog/).click()
    await expect.poll(async () => (await view.tokenTexts()).join(''), waiting).toContain('three cats')
    expect(whence.killInference()).toBe(true)
    await entry(/safari\.png/).click()
    await expect.poll(() => view.tokenTexts(), waiting).toEqual(texts)
    await view.tokens.first().click()
    expect(await view.mapWords()).toBe(map)
    expect(await enginePasses()).toBe(passes)
    await view.explained()
  })

  it('reopens it after a restart too, and shows first what was shown last', async () => {
    const { whence, view } = stage
    const texts = await view.tokenTexts()
    await expect.poll(() => view.history.locator('[aria-current=true]').textContent(), waiting).toContain('safari.png')
    await remembered(stage)
    await whence.restart()
    await expect.poll(() => stage.view.tokenTexts(), waiting).toEqual(texts)
    await stage.view.explained()
    expect(await stage.view.entries.count()).toBe(2)
  })

  it('pins an entry to the top', async () => {
    const { view } = stage
    const line = view.entries.filter({ hasText: 'three cats and a dog' })
    expect(await view.entries.first().textContent()).not.toContain('three cats')
    await line.getByRole('button', { name: 'Pin', exact: true }).click()
    await expect.poll(() => view.entries.first().textContent(), waiting).toContain('three cats')
    expect(await line.getByRole('button', { name: 'Unpin', exact: true }).getAttribute('aria-pressed')).toBe('true')
  })

  it('keeps a note and finds it by searching', async () => {
    const { view } = stage
    const { page } = view
    await view.entries
      .first()
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Add a note…' }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('the dog in the corner')
    await page.keyboard.press('Enter')
    await view.history.getByText('the dog in the corner').waitFor()
    await page.getByRole('searchbox', { name: 'Search history' }).fill('corner')
    await expect.poll(() => view.entries.count(), waiting).toBe(1)
    await page.getByRole('searchbox', { name: 'Search history' }).fill('zebra crossing')
    await page.getByText('Nothing found.').waitFor()
    await page.getByRole('searchbox', { name: 'Search history' }).fill('')
    await expect.poll(() => view.entries.count(), waiting).toBe(2)
  })

  it('deletes an entry and brings it back', async () => {
    const { view } = stage
    const { page } = view
    const line = view.entries.filter({ hasText: 'the dog in the corner' })
    await line.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.poll(() => view.entries.count(), waiting).toBe(1)
    await view.messages.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => view.entries.count(), waiting).toBe(2)
    expect(await view.entries.first().textContent()).toContain('the dog in the corner')
    await entry(/the dog in the corner/).click()
    await expect.poll(async () => (await view.tokenTexts()).join(''), waiting).toContain('three cats')
  })

  it('exports several entries as one archive', async () => {
    const { view } = stage
    const { page } = view
    for (const place of [0, 1])
      await view.entries
        .nth(place)
        .locator('.entry-open')
        .click({ modifiers: ['Control'] })
    const chosen = page.getByRole('group', { name: 'Chosen explanations' })
    await chosen.getByText('2 chosen').waitFor()
    await chosen.getByRole('button', { name: 'Export the chosen' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'JSON', exact: true }).click()
    expect((await download).suggestedFilename()).toMatch(/\.zip$/)
    await chosen.getByRole('button', { name: 'Choose none' }).click()
  })
})

const long = await seededProfile(1000)

describeWhence(
  'a history of 1,000 entries',
  (stage) => {
    afterAll(() => rmSync(long, { recursive: true, force: true }))

    it('keeps few lines in the document, and reaches the oldest by scrolling', async () => {
      const { view } = stage
      await expect.poll(() => view.entries.count(), waiting).toBeGreaterThan(5)
      expect(await view.entries.first().getAttribute('aria-setsize')).toMatch(/^100[01]$/)
      const list = view.history.locator('..')
      await expect
        .poll(async () => {
          await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
          return view.history.getByText('entry 1 of the dog.', { exact: true }).count()
        }, waiting)
        .toBe(1)
      expect(await view.entries.count()).toBeLessThan(80)
    })

    it('finds one of them by its words', async () => {
      const { view } = stage
      const search = view.page.getByRole('searchbox', { name: 'Search history' })
      await search.fill('entry 777')
      await view.history.getByText('entry 777 of the fox.').waitFor()
      await expect.poll(() => view.entries.count(), waiting).toBe(1)
      await search.fill('')
    })

    it('says of an entry whose numbers are gone that they can be computed again', async () => {
      const { view } = stage
      await view.history.getByRole('button', { name: /^Aa entry 1000 of/ }).click()
      await view.page.getByRole('button', { name: 'Compute again' }).waitFor()
    })
  },
  { profile: long },
)
