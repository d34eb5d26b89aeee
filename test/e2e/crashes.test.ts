import { expect, it } from 'vitest'
import { askHost } from './harness/host/ask-host.ts'
import { sampleFile } from './harness/pictures.ts'
import { describeWhence } from './harness/suite.ts'
import { remembered, settled } from './harness/remembered.ts'
import { View, waiting } from './harness/window.ts'

describeWhence('crashes', (stage) => {
  const sweeping = async (): Promise<void> => {
    await stage.view.page
      .getByRole('status')
      .getByText(/(sweep|picture) \d+ of \d+ passes/)
      .waitFor()
  }

  it('says so when the engine is killed in the middle of a sweep, and answers the next request', async () => {
    const { whence, view } = stage
    await view.explained()
    await whence.dropFile(sampleFile('birthday'))
    await sweeping()
    expect(whence.killInference()).toBe(true)
    await view.page
      .getByText(/The engine stopped .* please try again/)
      .first()
      .waitFor()
    await view.idle()
    const texts = (await view.tokenTexts()).join('')
    await view.answered(() => view.write.click())

    await view.explained()
    if (texts !== '') expect((await view.tokenTexts()).join('')).toBe(texts)
    await view.messages.getByRole('button', { name: 'Close the message' }).first().click()
  })

  it('restores the view when the page is reloaded in the middle of a sweep, and can go on', async () => {
    const { whence, view } = stage
    const before = await view.tokenTexts()
    await remembered(stage)
    await whence.dropFile(sampleFile('breakfast'))
    await sweeping()
    await view.page.reload()
    await view.explained()
    expect(await view.tokenTexts()).toEqual(before)
    expect(view.page.url()).toBe(`${whence.serve.origin}/`)
    await view.answered(() => whence.dropFile(sampleFile('games')))
    await view.explained()
  })

  it('restores view, scale and prompt after a reload', async () => {
    const { view } = stage
    const texts = await view.tokenTexts()
    await view.view('Table').check()
    await view.page.getByRole('group', { name: 'Legend' }).getByRole('combobox').selectOption({ label: 'this token' })
    await view.prompt.fill('Q: Where is the dice? A:')
    await view.page.reload()
    await view.table.waitFor()
    await expect.poll(() => view.tokenTexts(), waiting).toEqual(texts)
    expect(await view.page.getByRole('group', { name: 'Legend' }).getByRole('combobox').inputValue()).toBe('token')
    await view.page.getByRole('group', { name: 'Legend' }).getByRole('combobox').selectOption({ label: 'this answer' })
    await view.view('Map').check()
    await view.explained()
    await settled(stage, { view: 'map', scale: 'answer' })
  })

  it('comes back after the window has crashed', async () => {
    const { whence, view } = stage
    const texts = await view.tokenTexts()
    await remembered(stage)
    await whence.crashRenderer()
    await expect.poll(() => stage.view.tokenTexts(), waiting).toEqual(texts)
    await stage.view.explained()
  })

  it('keeps two windows apart, and shows the work of each in the history of both', async () => {
    const { whence, view } = stage
    const second = new View(await whence.openWindow())
    await second.explained()
    await view.ask('Q: How many dice are there? A:')
    const first = await view.tokenTexts()
    await Promise.all([view.answered(() => view.write.click()), second.ask('Q: What color is the dice? A:')])
    expect(await view.tokenTexts()).toEqual(first)
    expect(await second.tokenTexts()).not.toEqual(first)
    const { total } = await askHost<{ total: number }>(whence, 'history.list', { search: 'dice', offset: 0, limit: 10 })
    expect(total).toBe(2)
    await second.page.close()
  })

  it('says so when the host is killed, and has lost nothing finished when it is back', async () => {
    const { whence, view } = stage
    // The other window of the test before may have been the last to remember its entry.
    await view.ask('Q: How many dice are in the picture? A:')
    const finished = await askHost<{ total: number }>(whence, 'history.list', { search: '', offset: 0, limit: 1 })
    const texts = await view.tokenTexts()
    await whence.dropFile(sampleFile('band'))
    await sweeping()
    await whence.killHost()
    await view.page
      .getByText(/The connection to Whence was lost/)
      .first()
      .waitFor()
    expect(await view.map.count()).toBe(1)
    whence.complaints.forgive(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection/)
    await whence.restart()
    await expect.poll(() => stage.view.tokenTexts(), waiting).toEqual(texts)
    const kept = await askHost<{ total: number }>(whence, 'history.list', { search: '', offset: 0, limit: 1 })
    expect(kept.total).toBeGreaterThanOrEqual(finished.total)
    whence.complaints.forgive(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection/)
    await stage.view.ask('This is a picture of')
  })
})
