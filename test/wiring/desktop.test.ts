/** What only a desktop does: dialogs, dropped files, files from outside, lost pages, the end of the app. */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesktopBridge, DesktopNews } from '../../src/shared/contract/desktop.ts'
import { wholeAnswer } from '../../src/shared/explanation/question.ts'
import type { WiringDriver } from './wiring-driver.ts'
import { launchWiring, startInVain } from './wiring-driver.ts'

/** What functions see that run in the page. */
declare const whence: DesktopBridge

const sample = fileURLToPath(new URL('../../resources/samples/cats.png', import.meta.url))
const sha256 = createHash('sha256').update(readFileSync(sample)).digest('hex')

let folder: string
let profile: string
let app: WiringDriver

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'whence-wiring-'))
  profile = join(folder, 'profile')
  app = await launchWiring({ profile })
})

afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('choosing a picture', () => {
  it('answers with the picture, known by its name alone', async () => {
    await dialogs({ open: { canceled: false, filePaths: [sample] } })
    const answer = await app.page(() => whence.call('picture.choose', {}), null)
    expect(answer).toEqual({ kind: 'value', value: { sha256, name: 'cats.png', width: 768, height: 768, notes: [] } })
    const options = await app.standIn(({ inside }) => inside.recorded('dialog.showOpenDialog')[0]?.args[0], null)
    expect(options).toMatchObject({ properties: ['openFile'] })
  })

  it('answers with nothing when nothing was chosen', async () => {
    await dialogs({ open: { canceled: true, filePaths: [] } })
    expect(await app.page(() => whence.call('picture.choose', {}), null)).toEqual({ kind: 'value', value: null })
  })

  it('says what is wrong with a file without saying where it lies', async () => {
    const text = join(folder, 'notes.png')
    writeFileSync(text, 'no picture')
    await dialogs({ open: { canceled: false, filePaths: [text] } })
    const answer = await app.page(() => whence.call('picture.choose', {}), null)
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'picture-unsupported' } })
    expect(JSON.stringify(answer)).toContain('notes.png')
    expect(JSON.stringify(answer)).not.toContain(folder)
  })
})

describe('a dropped file', () => {
  it('is taken by its place, which the page does not learn', async () => {
    const answer = await drop(sample)
    expect(answer).toMatchObject({ kind: 'value', value: { sha256, name: 'cats.png' } })
    expect(JSON.stringify(answer)).not.toContain('resources')
    expect(await app.standIn(({ inside }) => inside.recorded('app.addRecentDocument').length, null)).toBeGreaterThan(0)
  })

  it('that was made by the page lies nowhere: its bytes are to be sent', async () => {
    expect(await app.page(() => whence.takeFile(new File(['x'], 'made.png')), null)).toBe(null)
  })

  it('that is no File is refused by the preload', async () => {
    await expect(app.page(() => whence.takeFile({ path: '/etc/passwd' }), null)).rejects.toThrow(/File/)
  })

  it('that has gone is refused in a sentence', async () => {
    const gone = join(folder, 'gone.png')
    copyFileSync(sample, gone)
    const dropped = app.standIn(({ BrowserWindow, inside }, path) => {
      const file = inside.fileOnDisk(path)
      inside.remove(path)
      return (BrowserWindow.getAllWindows()[0]?.webContents.page?.exposed['whence'] as DesktopBridge).takeFile(file)
    }, gone)
    expect(await dropped).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'picture-missing', message: expect.not.stringContaining(folder) as string },
    })
  })
})

describe('saving an export', () => {
  const display = { theme: 'light', smooth: false, view: 'map' }

  it('writes the file where the dialog says, whole, and tells its name only', async () => {
    const { value } = (await app.page(() => whence.call('app.state', {}), null)) as { value: { sample: string } }
    const path = join(folder, 'numbers.json')
    await dialogs({ save: { canceled: false, filePath: path } })
    const request = { entries: [value.sample], format: 'json', question: wholeAnswer, display }
    const answer = await app.page((asked) => whence.call('export.save', asked), request)
    expect(answer).toEqual({ kind: 'value', value: { name: 'numbers.json' } })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ completion: { text: expect.any(String) as string } })
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('answers with nothing when the person changed their mind', async () => {
    const { value } = (await app.page(() => whence.call('app.state', {}), null)) as { value: { sample: string } }
    await dialogs({ save: { canceled: true, filePath: '' } })
    const request = { entries: [value.sample], format: 'csv', question: wholeAnswer, display }
    expect(await app.page((asked) => whence.call('export.save', asked), request)).toEqual({ kind: 'value', value: null })
  })
})

describe('a file opened from outside', () => {
  it('is shown by the page, and brings a hidden window forward', async () => {
    const news = nextNews()
    await app.standIn(({ app: electronApp, BrowserWindow }, path) => {
      const [window] = BrowserWindow.getAllWindows()
      if (window !== undefined) window.minimize()
      electronApp.emit('open-file', { preventDefault: () => undefined }, path)
    }, sample)
    expect(await news).toMatchObject({ kind: 'opened', picture: { sha256 } })
    expect(await app.standIn(({ inside }) => inside.recorded('window.restore').length, null)).toBe(1)
  })

  it('that is no picture is refused in a sentence', async () => {
    const news = nextNews()
    await app.startAgain([join(folder, 'nothing.png')])
    expect(await news).toMatchObject({ kind: 'not-opened', refusal: { code: 'picture-missing' } })
  })

  it('waits until the page listens', async () => {
    const early = await launchWiring({ profile: join(folder, 'early'), files: [sample] })
    const told = await early.page(() => new Promise<DesktopNews>((resolve) => whence.onNews(resolve)), null)
    await early.close()
    expect(told).toMatchObject({ kind: 'opened', picture: { sha256 } })
  })

  it('may come with anything in place of names: a second start is believed in its shape only', async () => {
    const news = nextNews()
    await app.standIn(({ app: electronApp }, path) => {
      for (const data of [undefined, null, 7, { files: 'x' }, { files: [7, null] }]) {
        electronApp.emit('second-instance', {}, [], '', data)
      }
      electronApp.emit('second-instance', {}, [], '', { files: [path] })
    }, sample)
    expect(await news).toMatchObject({ kind: 'opened' })
  })
})

describe('a page that is lost', () => {
  it('is loaded again once; the second loss within a minute shows the page that needs no script', async () => {
    const own = await launchWiring({ profile: join(folder, 'lost') })
    expect(await crash(own)).toBe('app://whence/index.html')
    expect(await own.page(() => whence.call('app.state', {}), null)).toMatchObject({ kind: 'value' })
    expect(await crash(own)).toBe('app://whence/stopped')
    expect(await own.standIn(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.status, null)).toBe(200)
    await own.close()
  })

  it('has its work ended, a hundred times, and nothing keeps listening', async () => {
    const own = await launchWiring({ profile: join(folder, 'leaving') })
    const listeners = (): Promise<number> =>
      own.standIn(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return contents?.eventNames().reduce((sum, name) => sum + contents.listenerCount(name), 0) ?? -1
      }, null)
    await cycle(own)
    const before = await listeners()
    for (let count = 0; count < 100; count += 1) await cycle(own)
    expect(await listeners()).toBe(before)
    expect(await own.page(() => whence.call('app.state', {}), null)).toMatchObject({ kind: 'value' })
    expect(own.complaints).toEqual([])
    await own.close()
  })
})

describe('a profile that cannot be used', () => {
  it('does not keep the window from opening, and is named', async () => {
    const file = join(folder, 'in-the-way')
    writeFileSync(file, '')
    const blocked = join(file, 'profile')
    const own = await launchWiring({ profile: blocked })
    const state = await own.page(() => whence.call('app.state', {}), null)
    await own.close()
    expect(state).toMatchObject({ kind: 'value', value: { notices: [expect.stringContaining(blocked) as string] } })
  })
})

describe('the end', () => {
  it('comes with the last window, and leaves a clean profile behind', async () => {
    const own = await launchWiring({ profile: join(folder, 'ending') })
    const engine = await own.page(() => whence.call('app.state', {}), null)
    expect(engine).toMatchObject({ kind: 'value' })
    await own.closeWindow()
    expect(own.complaints).toEqual([])
    expect(readdirSync(join(folder, 'ending')).filter((name) => /-(wal|shm)$/.test(name))).toEqual([])
  })

  it('does not begin for a second host of the same profile: it says why in a sentence', async () => {
    const { code, words } = await startInVain({ profile })
    expect(code).toBe(1)
    expect(words).toContain('Another Whence is using this library')
  })

  it('of a second start comes before it has opened anything', async () => {
    const untouched = join(folder, 'second')
    const { code } = await startInVain({ profile: untouched, second: true })
    expect(code).toBe(0)
    expect(existsSync(join(untouched, 'library.db'))).toBe(false)
  })
})

async function dialogs(answers: { open?: object; save?: object }): Promise<void> {
  await app.standIn(({ inside }, given) => void Object.assign(inside.answers, given), answers)
}

async function drop(path: string): Promise<unknown> {
  return app.standIn(({ BrowserWindow, inside }, dropped) => {
    const bridge = BrowserWindow.getAllWindows()[0]?.webContents.page?.exposed['whence'] as DesktopBridge
    return bridge.takeFile(inside.fileOnDisk(dropped))
  }, path)
}

function nextNews(): Promise<DesktopNews> {
  return app.page(() => new Promise<DesktopNews>((resolve) => whence.onNews(resolve)), null)
}

async function crash(own: WiringDriver): Promise<string | undefined> {
  await own.standIn(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.crash(), null)
  await own.page(() => 0, null)
  return own.standIn(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(), null)
}

/** A stream is opened, and the page loaded again while it runs. */
async function cycle(own: WiringDriver): Promise<void> {
  await own.page(
    () => void whence.openStream('picture.prepare', { sha256: '0'.repeat(64), suppression: null }, () => undefined),
    null,
  )
  await own.page(() => whence.call('settings.get', {}), null)
  await own.standIn(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.load('app://whence/index.html'), null)
}
