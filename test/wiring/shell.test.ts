import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StandIn, WiringDriver } from './wiring-driver.ts'
import { launchWiring } from './wiring-driver.ts'
import { permissionNames } from './permission-names.ts'

let profile: string
let app: WiringDriver

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'whence-wiring-'))
  app = await launchWiring({ profile })
})

afterAll(async () => {
  await app.close()
  rmSync(profile, { recursive: true, force: true })
})

describe('before Electron is ready', () => {
  it('puts every process into the sandbox, once', async () => {
    expect(await calls('app.enableSandbox')).toEqual([{ name: 'app.enableSandbox', args: [], ready: false }])
  })

  it('gives the scheme the rights of a page, and no way around the content policy', async () => {
    const [call, ...more] = await calls('protocol.registerSchemesAsPrivileged')
    expect(more).toEqual([])
    expect(call?.ready).toBe(false)
    expect(call?.args).toEqual([
      [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }],
    ])
  })

  it('takes names and background traffic from Chromium, and never its sandbox', async () => {
    const switches = (await calls('app.commandLine.appendSwitch')).map(({ args }) => args)
    expect(switches).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND'])
    expect(switches.map(([name]) => name)).not.toContain('no-sandbox')
  })

  it('takes its place and its lock before anything else touches the profile', async () => {
    const lock = await calls('app.requestSingleInstanceLock')
    expect(lock).toHaveLength(1)
    expect(lock[0]?.ready).toBe(false)
    const places = (await calls('app.setPath')).map(({ args }) => args)
    expect(places).toEqual([
      ['userData', profile],
      ['sessionData', join(profile, 'window')],
    ])
  })
})

describe('a window', () => {
  it('has the policy in full, and no preference beside it', async () => {
    const windows = await calls('new BrowserWindow')
    expect(windows).toHaveLength(1)
    const [{ webPreferences }] = windows[0]?.args as [{ webPreferences: Record<string, unknown> }]
    expect({ ...webPreferences, preload: undefined }).toEqual({
      preload: undefined,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      plugins: false,
      webviewTag: false,
      spellcheck: false,
      devTools: true,
    })
    expect(webPreferences['preload']).toMatch(/out[\\/]preload[\\/]index\.cjs$/)
  })

  it('loads the app and nothing else, and shows itself when the page has painted', async () => {
    expect((await calls('webContents.load')).map(({ args }) => args)).toEqual([['app://whence/index.html']])
    expect(await calls('window.show')).toHaveLength(1)
    expect(await app.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL(), null)).toBe(
      'app://whence/index.html',
    )
  })

  it('lets no WebRTC go around the rules', async () => {
    expect((await calls('webContents.setWebRTCIPHandlingPolicy')).map(({ args }) => args)).toEqual([['disable_non_proxied_udp']])
  })
})

describe('permissions', () => {
  const names = [...permissionNames(), 'some-future-permission']

  it('are known by name: the list of the installed Electron', () => {
    expect(names.length).toBeGreaterThan(40)
  })

  it.each(names)('%s is answered by the list: asked, and checked', async (name) => {
    const answers = await app.standIn(({ inside, BrowserWindow }, permission) => {
      const { permissionRequest, permissionCheck } = inside.defaultSession
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as never
      const ask = (requestingUrl: string): boolean => {
        const given: boolean[] = []
        permissionRequest?.(contents, permission as never, (granted) => given.push(granted), { requestingUrl, isMainFrame: true })
        return given.length !== 1 || given[0] !== false
      }
      const check = (origin: string): boolean => permissionCheck?.(contents, permission as never, origin, {} as never) ?? true
      return {
        own: [ask('app://whence/index.html'), check('app://whence/')],
        foreign: [ask('https://example.com/'), ask('app://whence.example/'), check('https://example.com'), check('')],
      }
    }, name)
    const granted = name === 'clipboard-sanitized-write'
    expect(answers).toEqual({ own: [granted, granted], foreign: [false, false, false, false] })
  })

  it('has neither devices nor screens to give', async () => {
    const answers = await app.standIn(({ inside }) => {
      const { devicePermission, displayMedia } = inside.defaultSession
      let streams: unknown = 'no answer'
      displayMedia?.({} as never, (given) => (streams = given))
      return [devicePermission?.({ deviceType: 'usb', origin: 'app://whence', device: {} } as never), streams]
    }, null)
    expect(answers).toEqual([false, null])
  })
})

describe('requests', () => {
  const local = ['app://whence/index.html', 'blob:app://whence/1', 'data:text/plain,a', 'devtools://devtools/bundled/a.js']
  const away = [
    'https://example.com/',
    'http://127.0.0.1:8080/',
    'http://[::1]/',
    'ws://127.0.0.1/',
    'wss://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'chrome://version',
    'not an address',
  ]
  const cancelled = (url: string): Promise<boolean | undefined> =>
    app.standIn(({ inside }, address) => {
      let cancel: boolean | undefined
      inside.defaultSession.beforeRequest?.({ url: address }, (answer) => (cancel = answer.cancel))
      return cancel
    }, url)

  it.each(local)('%s goes through', async (url) => {
    expect(await cancelled(url)).toBe(false)
  })

  it.each(away)('%s is cancelled', async (url) => {
    expect(await cancelled(url)).toBe(true)
  })

  it('have nowhere to go even so: a dead proxy, no dictionaries, no downloads', async () => {
    expect((await calls('session.setProxy')).map(({ args }) => args[0])).toEqual([
      { mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' },
    ])
    expect((await calls('session.setSpellCheckerEnabled')).map(({ args }) => args)).toEqual([[false]])
    const prevented = await app.standIn(({ inside }) => {
      let stopped = false
      inside.defaultSession.emit('will-download', { preventDefault: () => (stopped = true) })
      return stopped
    }, null)
    expect(prevented).toBe(true)
  })

  it('of every session made later are cancelled, too', async () => {
    const cancel = await app.standIn(({ app: electronApp, inside }) => {
      const other = new inside.SessionStandIn()
      electronApp.emit('session-created', other)
      let answered: boolean | undefined
      other.beforeRequest?.({ url: 'https://example.com/' }, (answer) => (answered = answer.cancel))
      return [answered, other.permissionCheck?.(null, 'media', 'app://whence', {} as never)]
    }, null)
    expect(cancel).toEqual([true, false])
  })
})

describe('navigation', () => {
  const ways = ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const
  const addresses = [
    ['app://whence/index.html?safe=1', true],
    ['app://whence/stopped', true],
    ['app://whence.example/', false],
    ['app://user@whence/', false],
    ['https://example.com/', false],
    ['http://localhost/', false],
    ['file:///home/person/page.html', false],
    ['javascript:alert(1)', false],
    ['data:text/html,hello', false],
    ['blob:app://whence/1', false],
    ['about:blank', false],
    ['', false],
  ] as const

  it.each(ways.flatMap((way) => addresses.map(([url, goes]) => [way, url, goes] as const)))(
    '%s to "%s": %s',
    async (way, url, goes) => {
      const prevented = await app.standIn(
        ({ BrowserWindow }, [event, address]) => {
          let stopped = false
          const details = { url: address, preventDefault: () => (stopped = true) }
          BrowserWindow.getAllWindows()[0]?.webContents.emit(event, details, address)
          return stopped
        },
        [way, url] as const,
      )
      expect(prevented).toBe(!goes)
    },
  )

  it('embeds no other page', async () => {
    const prevented = await app.standIn(({ BrowserWindow }) => {
      let stopped = false
      BrowserWindow.getAllWindows()[0]?.webContents.emit(
        'will-attach-webview',
        { preventDefault: () => (stopped = true) },
        {},
        {},
      )
      return stopped
    }, null)
    expect(prevented).toBe(true)
  })

  it.each([
    ['https://arxiv.org/abs/2301.08110', true],
    ['https://huggingface.co/models', true],
    ['https://arxiv.org.example.com/', false],
    ['https://user:password@arxiv.org/', false],
    ['https://arxiv.org:8443/', false],
    ['http://arxiv.org/', false],
    ['https://example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['app://whence/index.html', false],
    ['mailto:person@example.com', false],
  ])("a new window for %s is refused; the person's own browser gets it: %s", async (url, outside) => {
    const before = (await calls('shell.openExternal')).length
    const answer = await app.standIn(
      ({ BrowserWindow }, address) => BrowserWindow.getAllWindows()[0]?.webContents.openHandler?.({ url: address } as never),
      url,
    )
    expect(answer).toEqual({ action: 'deny' })
    expect((await calls('shell.openExternal')).slice(before).map(({ args }) => args)).toEqual(outside ? [[url]] : [])
  })
})

describe('the menu', () => {
  it('has every command of the page once, with accelerators that differ', async () => {
    const items = await app.standIn(({ inside }) => {
      interface Item {
        id?: string
        accelerator?: string
        role?: string
        submenu?: Item[]
      }
      const all = (list: Item[]): Item[] => list.flatMap((item) => [item, ...all(item.submenu ?? [])])
      const [menu] = inside.recorded('Menu.setApplicationMenu')[0]?.args as [Item[]]
      return all(menu).map(({ id, accelerator, role }) => ({ id, accelerator, role }))
    }, null)
    const commands = items.flatMap(({ id }) => (id === undefined ? [] : [id]))
    expect([...commands].sort()).toEqual(['export', 'find', 'licences', 'open-picture', 'settings'])
    const keys = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^CmdOrCtrl\+(Shift\+)?[A-Z,]$/)
  })

  it('tells the page which command was chosen', async () => {
    const told = app.page(
      () =>
        new Promise((resolve) => {
          const { whence } = globalThis as unknown as { whence: { onNews(listener: (news: unknown) => void): void } }
          whence.onNews(resolve)
        }),
      null,
    )
    await app.standIn(({ inside }) => {
      const [menu] = inside.recorded('Menu.setApplicationMenu')[0]?.args as [
        { submenu?: { id?: string; click?: () => void }[] }[],
      ]
      menu
        .flatMap(({ submenu }) => submenu ?? [])
        .find(({ id }) => id === 'export')
        ?.click?.()
    }, null)
    expect(await told).toEqual({ kind: 'command', command: 'export' })
  })
})

async function calls(name: string): Promise<readonly { name: string; args: readonly unknown[]; ready: boolean }[]> {
  return app.standIn(({ inside }: StandIn, asked) => JSON.parse(JSON.stringify(inside.recorded(asked))) as never, name)
}
