import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { samplePicture } from '../helpers/samples.ts'
import { sharedChromium } from './harness/browser-driver.ts'
import { describeWhence } from './harness/suite.ts'

const catsHash = createHash('sha256').update(samplePicture('cats').bytes).digest('hex')

describeWhence('exporting', (stage) => {
  it('draws the current view as PNG, twice as large on request', async () => {
    const { view } = stage
    await view.explained()
    await view.tokens.getByText('dog', { exact: true }).click()
    const [once, twice] = [await view.exported('PNG'), await view.exported('PNG 2×')]
    const [small, large] = [await sharp(once.bytes).metadata(), await sharp(twice.bytes).metadata()]
    expect(once.name).toMatch(/\.png$/)
    expect(small.format).toBe('png')
    expect([large.width, large.height]).toEqual([small.width * 2, small.height * 2])
    const { channels } = await sharp(once.bytes).stats()
    expect(channels.slice(0, 3).every(({ stdev }) => stdev > 5)).toBe(true)
    expect(once.bytes.includes(catsHash)).toBe(true)
  })

  it('draws another picture for another token', async () => {
    const { view } = stage
    const dog = await view.exported('PNG')
    await view.tokens.getByText('cats', { exact: true }).click()
    expect((await view.exported('PNG')).bytes.equals(dog.bytes)).toBe(false)
  })

  it('draws it as SVG with where it comes from, and no script', async () => {
    const { bytes } = await stage.view.exported('SVG')
    const text = bytes.toString()
    expect(text).toMatch(/^(<\?xml[^>]*>\s*)?<svg /)
    expect(text).toContain(catsHash)
    expect(text).toContain('whence-scenes')
    expect(text).not.toMatch(/<script|href="https?:/)
    expect((await sharp(bytes).metadata()).format).toBe('svg')
  })

  it('draws a contact sheet of all tokens', async () => {
    const { view } = stage
    const one = await sharp((await view.exported('PNG')).bytes).metadata()
    const { bytes } = await view.exported('Contact sheet')
    const sheet = await sharp(bytes).metadata()
    expect(sheet.width * sheet.height).toBeGreaterThan(one.width * one.height)
  })

  it('writes all numbers as JSON and as CSV', async () => {
    const { view } = stage
    const json = JSON.parse((await view.exported('JSON')).bytes.toString()) as {
      schema: string
      picture: { sha256: string }
      model: { name: string; sha256: string }
      inputs: unknown[]
      targets: unknown[]
      relevance: number[][]
    }
    expect(json.schema).toBe('whence.explanation/2')
    expect(json.picture.sha256).toBe(catsHash)
    expect(json.relevance).toHaveLength(json.inputs.length)
    expect(json.relevance.every((row) => row.length === json.targets.length && row.every(Number.isFinite))).toBe(true)
    const lines = (await view.exported('CSV')).bytes
      .toString()
      .trimEnd()
      .split(/\r?\n/)
      .filter((line) => !line.startsWith('#'))
    expect(lines.length).toBeGreaterThanOrEqual(json.inputs.length)
    expect(lines.some((line) => line.includes(String(json.relevance[0]?.[0])))).toBe(true)
  })

  it('writes a report that opens by itself, with no network and no script from outside, and can be clicked', async () => {
    const { name, bytes } = await stage.view.exported('HTML report')
    expect(name).toMatch(/\.html$/)
    const folder = mkdtempSync(join(tmpdir(), 'whence-e2e-report-'))
    const context = await (await sharedChromium()).newContext({ offline: true })
    try {
      const path = join(folder, 'report.html')
      writeFileSync(path, bytes)
      const page = await context.newPage()
      const requests: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(pathToFileURL(path).href)
      await page.getByText(catsHash.slice(0, 8)).first().waitFor()
      const before = await page.screenshot()
      const tokens = page.getByRole('button').or(page.getByRole('radio')).or(page.getByRole('tab'))
      await page.getByText('dog', { exact: true }).first().click()
      const dog = await page.screenshot()
      await page.getByText('three', { exact: true }).first().click()
      const three = await page.screenshot()
      expect(await tokens.count()).toBeGreaterThan(3)
      expect(dog.equals(three) && before.equals(dog)).toBe(false)
      expect(requests.filter((address) => !/^(file|data|blob):/.test(address))).toEqual([])
      expect(complaints).toEqual([])
    } finally {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
