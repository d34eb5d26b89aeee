import { expect, it } from 'vitest'
import { describeWhence } from './harness/suite.ts'
import { waiting } from './harness/window.ts'

describeWhence('a first run', (stage) => {
  it('shows a sample that is explained already, without any model pass', async () => {
    const { view } = stage
    await view.explained()
    expect((await view.tokenTexts()).join('')).toBe(' three cats and a dog.')
    expect(await view.pinned()).toHaveLength(1)
    expect(await view.entries.count()).toBe(1)
    expect(await view.mapWords()).toContain('strongest row')
  })

  it('says in one line what the model knows', async () => {
    const { page } = stage.view
    await page.getByRole('button', { name: /whence-scenes/ }).click()
    await page.getByText(/emoji-style scenes.*not photographs/).waitFor()
    await page.getByText('To bring another').waitFor()
    await page.keyboard.press('Escape')
  })

  it('lists the licences of what is inside', async () => {
    const { page } = stage.view
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: 'Licences', exact: true }).click()
    const licences = page.getByRole('group', { name: 'List of licences' })
    await licences.getByText('onnxruntime-node').waitFor()
    await licences.getByText('react-konva').waitFor()
    await page.getByRole('button', { name: 'Close the licences' }).click()
  })

  it('takes the token out of the address and keeps it out of standard output after the first line, and out of the log', async () => {
    const { whence, view } = stage
    expect(view.page.url()).toBe(`${whence.serve.origin}/`)
    expect(whence.serve.token.length).toBeGreaterThanOrEqual(43)
    expect(whence.serve.output().split(whence.serve.token)).toHaveLength(2)
    expect(whence.serve.output().trimEnd()).toBe(whence.serve.url)
    expect(whence.log()).not.toContain(whence.serve.token)
    expect(whence.requests.filter((address) => address.includes(whence.serve.token))).toEqual([])
  })

  it('finds the answer when the sample’s question is asked again: no pass, no second entry', async () => {
    const { whence, view } = stage
    whence.killInference()
    await view.answered(() => view.write.click())
    await view.explained()
    expect((await view.tokenTexts()).join('')).toBe(' three cats and a dog.')
    expect(await view.entries.count()).toBe(1)
  })

  it('is the same sample after a restart', async () => {
    await stage.whence.restart()
    await expect.poll(() => stage.view.tokenTexts(), waiting).toContain(' cats')
    expect(await stage.view.entries.count()).toBe(1)
  })
})
