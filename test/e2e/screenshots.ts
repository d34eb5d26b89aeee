/**
 * `npm run screenshots`: draws the pictures in docs/screenshots from the real app, in a new profile. They are looked at by eye, not compared: another
 * machine's fonts and graphics draw other pixels.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { launchInBrowser, sharedChromium } from './harness/browser-driver.ts'
import type { BrowserWhence } from './harness/browser-driver.ts'
import { View } from './harness/window.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const questions = ['Q: How many cats are there? A:', 'Q: What color is the dog? A:', 'Q: Where is the dog? A:']

mkdirSync(folder, { recursive: true })
const whence = await launchInBrowser({ context: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 } })
const view = new View(whence.page)
const { page } = view

async function shoot(name: string): Promise<void> {
  // Fonts and the last frame of the canvases.
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(150)
  const drawn = await page.screenshot()
  await sharp(drawn)
    .png({ palette: true, quality: 95, effort: 9 })
    .toFile(join(folder, `${name}.png`))
  console.log(`docs/screenshots/${name}.png`)
}

async function theme(colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
}

async function openSample(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Samples', exact: true }).click()
  await view.answered(() => page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click())
}

async function reverseQuestion(): Promise<void> {
  const { x, y } = await view.patch(...(await view.strongestCell()))
  await page.mouse.click(x, y)
}

try {
  await run(whence)
} finally {
  await whence.close()
  await (await sharedChromium()).close()
}

async function run({ page: window }: BrowserWhence): Promise<void> {
  await theme('light')
  await view.explained()
  await shoot('first-run')
  await window.getByRole('button', { name: 'Got it' }).click()
  for (const name of ['breakfast', 'harbour', 'space', 'safari']) await openSample(name)
  await openSample('cats')
  for (const question of questions) await view.ask(question)
  await view.ask('This is a picture of')
  await view.tokens.getByText('dog', { exact: true }).click()
  await page.mouse.move(2, 2)
  await shoot('main-light')
  await theme('dark')
  await shoot('main-dark')
  await view.view('Matrix').check()
  await shoot('matrix')
  await theme('light')
  await view.view('Table').check()
  await shoot('table')
  await view.view('Map').check()
  await view.explained()
  await reverseQuestion()
  await shoot('reverse-question')
  await page.keyboard.press('Escape')
  // The dog, in the lower right quarter.
  await view.lasso([6, 6], [11, 10])
  await page.getByRole('button', { name: 'Steer…' }).click()
  await page.getByRole('slider', { name: /^Factor of/ }).fill('0')
  await page.getByRole('button', { name: 'Write again' }).click()
  await page
    .getByRole('group', { name: 'Steered completion' })
    .getByText(/writing…/)
    .waitFor({ state: 'detached' })
  await shoot('steering')
}
