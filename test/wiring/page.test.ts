/** The built page in Chromium on the built main process and preload: what the desktop's own way of speaking does to the app. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { chromiumMissing, findChromium } from '../../scripts/chromium.ts'
import type { ChromiumDriver } from './chromium/chromium-driver.ts'
import { launchInChromium } from './chromium/chromium-driver.ts'

const sample = fileURLToPath(new URL('../../resources/samples/harbour.png', import.meta.url))
const dropped = fileURLToPath(new URL('../../resources/samples/space.png', import.meta.url))
const missing = findChromium() === null ? chromiumMissing : null
/** Only ends a hang. */
const timeout = 20_000

let folder: string
let app: ChromiumDriver

beforeAll(async () => {
  if (missing !== null) return
  folder = mkdtempSync(join(tmpdir(), 'whence-page-'))
  app = await launchInChromium({ profile: join(folder, 'profile') }, { 'space.png': dropped })
})

afterAll(async () => {
  if (missing !== null) return
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const spec = (name: string, test: () => Promise<void>): void =>
  it(name, async ({ skip }: TestContext) => {
    if (missing !== null) skip(missing)
    await test()
  })

/** Runs in the page: a file by name alone, as if its place on the disk were known to the system. */
const carry = `(() => {
  const carried = new DataTransfer()
  carried.items.add(new File(['not what is read'], 'space.png', { type: 'image/png' }))
  return carried
})()`

describe('the page on the desktop', () => {
  spec('shows the sample already explained, as a first run does', async () => {
    const page = await app.window()
    await page.getByRole('list', { name: 'Completion' }).getByRole('button', { name: 'three' }).waitFor({ timeout })
    expect(await page.getByRole('figure', { name: 'Relevance map' }).count()).toBe(1)
  })

  spec('completes and explains a picture that was opened from outside', async () => {
    const page = await app.window()
    await app.startAgain([sample])
    await page.getByText('harbour.png').first().waitFor({ timeout })
    await page.getByRole('button', { name: 'Write' }).click()
    await page.getByRole('list', { name: 'History' }).getByText('harbour').first().waitFor({ timeout })
  })

  spec('hands a dropped file on by its place, without its bytes', async () => {
    const page = await app.window()
    const carried = await page.evaluateHandle(carry)
    for (const kind of ['dragenter', 'dragover', 'drop']) {
      await page.locator('body').dispatchEvent(kind, { dataTransfer: carried })
    }
    const places = (): Promise<unknown[]> =>
      app.standIn(({ inside }) => inside.recorded('app.addRecentDocument').map(({ args }) => args[0]), null)
    await expect.poll(places, { timeout }).toContain(dropped)
    await page.getByText('space.png').first().waitFor({ timeout })
  })

  spec('carries out the menu', async () => {
    const page = await app.window()
    await app.standIn(({ inside }) => {
      const [menu] = inside.recorded('Menu.setApplicationMenu')[0]?.args as [
        { submenu?: { id?: string; click?: () => void }[] }[],
      ]
      menu
        .flatMap(({ submenu }) => submenu ?? [])
        .find(({ id }) => id === 'find')
        ?.click?.()
    }, null)
    await expect.poll(() => page.evaluate('document.activeElement?.getAttribute("type")'), { timeout }).toBe('search')
  })

  spec('comes back after its process was lost, and then says that it cannot', async () => {
    await app.crashPage()
    await (await app.window()).getByRole('list', { name: 'Completion' }).waitFor({ timeout })
    await app.crashPage()
    const page = await app.window()
    expect(await page.title()).toBe('Whence')
    expect(await page.getByRole('link', { name: 'Open in safe mode' }).getAttribute('href')).toBe(
      'app://whence/index.html?safe=1',
    )
  })

  spec('has violated no policy and written no error', async () => {
    expect(app.consoleComplaints).toEqual([])
    expect(app.complaints).toEqual([])
  })
})
