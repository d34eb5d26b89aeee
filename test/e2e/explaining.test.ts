import { expect, it } from 'vitest'
import { samplePicture } from '../helpers/samples.ts'
import { sampleFile } from './harness/pictures.ts'
import { describeWhence } from './harness/suite.ts'
import { until } from './harness/until.ts'
import { watch } from './harness/watch.ts'
import { waiting } from './harness/window.ts'

describeWhence('explaining', (stage) => {
  it('takes a picture dropped anywhere, writes token by token, and shows a coarse map before the full one', async () => {
    const { whence, view } = stage
    await view.explained()
    const seen = await watch(view.page)
    await view.answered(() => whence.dropFile(sampleFile('safari'), 'nav'))
    await view.explained()
    const { maps, counts } = await seen()
    const texts = await view.tokenTexts()
    expect(maps).toContain('3x3')
    expect(maps.indexOf('3x3')).toBeLessThan(maps.lastIndexOf('12x12'))
    expect(counts.filter((count) => count > 0 && count < texts.length).length).toBeGreaterThan(1)
    const { bytes } = await view.exported('JSON')
    const { completion } = JSON.parse(bytes.toString()) as { completion: { text: string; tokens: { text: string }[] } }
    expect(texts).toEqual(completion.tokens.map(({ text }) => text))
    expect(texts.join('')).toBe(completion.text)
  })

  it('takes a picture by the file field behind "Open picture"', async () => {
    const { view } = stage
    const chooser = view.page.waitForEvent('filechooser')
    await view.openPicture.click()
    const { name, bytes } = samplePicture('space')
    const field = await chooser
    await view.answered(() => field.setFiles({ name, mimeType: 'image/png', buffer: Buffer.from(bytes) }))
    await view.explained()
    expect(await view.entries.first().textContent()).toContain('space.png')
  })

  it('takes a pasted picture', async () => {
    const { view } = stage
    const base64 = Buffer.from(samplePicture('garden').bytes).toString('base64')
    const paste = (letters: string): void => {
      const carried = new DataTransfer()
      const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))
      carried.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }))
    }
    await view.answered(() => view.page.evaluate(paste, base64))
    expect(await view.entries.count()).toBe(4)
  })

  it('takes a sample', async () => {
    const { view } = stage
    await view.page.getByRole('button', { name: 'Samples', exact: true }).click()
    await view.answered(() => view.page.getByRole('menuitem', { name: /^harbour/ }).click())
    expect(await view.entries.count()).toBe(5)
  })

  it('answers a question about the picture, with its words as targets and as parts of the input', async () => {
    const { view } = stage
    await view.ask('Q: How many boats are there? A:')
    expect(await view.promptWords.allTextContents()).toContain(' many')
    expect((await view.tokenTexts()).length).toBeGreaterThan(0)
    await view.relevantWords.getByRole('button', { name: /boats/ }).waitFor()
  })

  it('fills in a preset', async () => {
    const { view } = stage
    await view.page.getByRole('button', { name: 'Presets', exact: true }).click()
    await view.page.getByRole('menuitem', { name: /^Caption/ }).click()
    expect(await view.prompt.inputValue()).toBe('This is a picture of')
  })

  it('explains a text of several tokens that the person gives', async () => {
    const { view } = stage
    const { page } = view
    await page.getByRole('button', { name: 'Presets', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Explain a given answer…' }).click()
    await page.getByRole('textbox', { name: 'Given answer' }).fill(' two dogs.')
    await view.answered(() => page.getByRole('button', { name: 'Explain', exact: true }).click())
    expect((await view.tokenTexts()).join('')).toBe(' two dogs.')
    expect((await view.tokenTexts()).length).toBeGreaterThan(2)
    await view.explained()
    await page.getByRole('button', { name: 'Let the model answer' }).click()
  })

  it('explains a text without any picture, its words carrying the map', async () => {
    const { view } = stage
    await view.page.getByRole('button', { name: 'Samples', exact: true }).click()
    await view.page.getByRole('menuitem', { name: 'No picture, text only' }).click()
    await view.ask('The cat')
    expect(await view.mapWords()).not.toContain('No map yet')
    expect(await view.map.locator('canvas').count()).toBe(0)
  })

  it('marks the map as stale when a parameter changes, keeps it, and computes it again when asked', async () => {
    const { whence, view } = stage
    const { page } = view
    await view.answered(() => whence.dropFile(sampleFile('cats')))
    await view.explained()
    const old = await view.mapWords()
    const texts = await view.tokenTexts()
    const recompute = page.getByRole('button', { name: /^Recompute/ })
    expect(await recompute.isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: /rule/ }).selectOption('mask')
    await view.map.getByText('parameters changed').waitFor()
    expect(await view.mapWords()).toBe(old)
    expect(await view.mapSize()).toBe('12x12')
    await view.answered(() => recompute.click())
    expect(await view.map.getByText('parameters changed').count()).toBe(0)

    expect(await view.mapWords()).not.toBe(old)
    expect(await view.tokenTexts()).toEqual(texts)
    await page.getByRole('button', { name: 'Defaults', exact: true }).click()
    await view.answered(() => recompute.click())
    expect(await view.mapWords()).toBe(old)
  })

  it('shows what the model saw', async () => {
    const { view } = stage
    const eye = view.page.getByRole('button', { name: 'What the model saw' })
    const before = await view.settledDrawing()
    await eye.click()
    expect(await eye.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => view.drawing(), waiting).not.toBe(before)
    await eye.click()
    await expect.poll(() => view.drawing(), waiting).toBe(before)
  })

  it('answers Cancel, and the next request works', async () => {
    const { whence, view } = stage
    await whence.dropFile(sampleFile('market'))
    await view.cancel.click()
    await view.page.getByRole('status').getByText('cancelled').waitFor()
    const entries = await view.entries.count()
    expect(await view.page.getByText('refining').count()).toBe(0)
    await view.ask('Q: Where is the boat? A:')
    expect(await view.entries.count()).toBe(entries + 1)
  })

  it('keeps a preview after Cancel, calls it one, and computes the rest when asked', async () => {
    const { whence, view } = stage
    await whence.dropFile(sampleFile('games'))
    await until('there is a preview', async () => (await view.mapSize()) === '3x3')
    await view.cancel.click()
    const size = await view.mapSize()
    await view.map.getByText(/^preview of \d+×\d+ blocks only; the exact map was not computed$/).waitFor()
    expect(size).not.toBe('12x12')
    expect(await view.exporting.getAttribute('title')).toMatch(/^The exact map was not computed/)
    await view.answered(() => view.page.getByRole('button', { name: /^Recompute/ }).click())
    await view.explained()
    expect(await view.map.getByText(/preview of/).count()).toBe(0)
    expect(await view.exporting.getAttribute('title')).toBeNull()
  })

  it('goes on behind an entry that is opened, and offers what came of it', async () => {
    const { whence, view } = stage
    const { page } = view
    await view.idle()
    await view.prompt.fill('This is a picture of')
    await view.begun(() => whence.dropFile(sampleFile('birthday')))
    await until('the sweep has begun', async () => / of \d+ passes/.test((await page.locator('footer').textContent()) ?? ''))
    await view.entries.last().getByRole('button').first().click()
    await page.getByText('1 more is being explained').waitFor()
    const opened = (await view.tokenTexts()).join('')
    const show = view.messages.getByRole('button', { name: 'Show', exact: true })
    await show.waitFor({ timeout: waiting.timeout })
    expect((await view.tokenTexts()).join('')).toBe(opened)
    await show.click()
    await expect.poll(async () => (await view.tokenTexts()).join(''), waiting).not.toBe(opened)
    await view.explained()
    expect(await view.entries.first().textContent()).toContain('birthday.png')
  })

  it('refuses what is no picture with a sentence, and goes on', async () => {
    const { whence, view } = stage
    await whence.dropFile({ name: 'letter.png', mime: 'image/png', bytes: Buffer.from('Dear Sir or Madam') })
    await view.messages.getByRole('alert').waitFor()
    const words = (await view.messages.getByRole('alert').textContent()) ?? ''
    expect(words).toMatch(/letter\.png.*\./)
    expect(words).not.toMatch(/\/(tmp|home|root|work)\/|Error:/)
    whence.complaints.forgive(/the server responded with a status of 4/)
    await view.messages.getByRole('button', { name: 'Close the message' }).click()
    await view.ask('This is a picture of')
  })
})
