/** The packed app, as far as it goes without Electron's own program: its files, its fuses, and that it runs from what was packed alone. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import configuration from '../../electron-builder.config.ts'
import { fuses } from '../../scripts/pack/fuses.ts'
import { iconFiles } from '../../scripts/pack/icon-files.ts'
import { readFuses, wrongFuses } from '../../scripts/pack/read-fuses.ts'
import type { DesktopBridge } from '../../src/shared/contract/desktop.ts'
import { electronBinary } from './electron-binary.ts'
import type { ArchivedFile } from './pack-app.ts'
import { archivedFiles, layOut, packApp } from './pack-app.ts'
import { launchWiring } from './wiring-driver.ts'

/** What functions see that run in the page. */
declare const whence: DesktopBridge

const root = fileURLToPath(new URL('../..', import.meta.url))
const elsewhere = process.platform === 'linux' ? null : 'the app is packed for Linux here, which wants Linux’s native packages'

let folder: string
let packed: string
let files: readonly ArchivedFile[]

beforeAll(async () => {
  if (elsewhere !== null) return
  folder = mkdtempSync(join(tmpdir(), 'whence-packed-'))
  packed = await packApp(folder)
  files = archivedFiles(join(packed, 'resources', 'app.asar'))
})

afterAll(() => {
  if (elsewhere === null) rmSync(folder, { recursive: true, force: true })
})

const spec = (name: string, test: () => void | Promise<void>): void =>
  it(name, async ({ skip }: TestContext) => {
    if (elsewhere !== null) skip(elsewhere)
    await test()
  })

describe('the configuration', () => {
  it('names the app and publishes nothing', () => {
    expect(configuration).toMatchObject({ appId: 'app.whence.desktop', productName: 'Whence', publish: null, asar: true })
  })

  it('has the fuses of the security checklist', () => {
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(configuration.electronFuses).toBe(fuses)
  })

  it('comes with no updater', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean }>
    }
    const shipped = Object.entries(lock.packages).flatMap(([path, { dev }]) => (dev === true ? [] : [path]))
    expect(shipped.filter((path) => /electron-updater|update-electron-app|@sentry|posthog|analytics/.test(path))).toEqual([])
  })

  it('has icons drawn from the SVG as it is now', () => {
    for (const { path, bytes } of iconFiles(readFileSync(join(root, 'resources/icons/icon.svg'), 'utf8'))) {
      expect(Buffer.compare(readFileSync(join(root, 'resources/icons', path)), bytes), path).toBe(0)
    }
  })
})

describe('the packed app', () => {
  spec('has the fuses burnt in', async () => {
    expect(wrongFuses(await readFuses(join(packed, 'whence')))).toEqual([])
  })

  spec('has the bundles in the archive, and no source, no map and no model', () => {
    const paths = files.map(({ path }) => path)
    for (const path of [
      'package.json',
      'out/main/index.js',
      'out/main/utility-entry.js',
      'out/preload/index.cjs',
      'out/renderer/index.html',
    ]) {
      expect(paths).toContain(path)
    }
    expect(paths.filter((path) => /\.(ts|tsx|map|onnx|md|h)$|^(src|test|scripts|docs|models)\//.test(path))).toEqual([])
  })

  spec('has every native library outside the archive, one of each kind, for this system alone', () => {
    const native = files.filter(({ path }) => /\.(node|so|dylib|dll)(\.|$)/.test(path))
    expect(native.filter(({ unpacked }) => !unpacked)).toEqual([])
    for (const name of ['better-sqlite3', 'onnxruntime-node', '@img', '@resvg']) {
      expect(
        native.some(({ path }) => path.startsWith(`node_modules/${name}/`)),
        name,
      ).toBe(true)
    }
    expect(native.filter(({ path }) => /darwin|win32|windows|musl/.test(path))).toEqual([])
  })

  spec('has model, samples, typeface, licences and notices beside the archive', () => {
    for (const path of [
      'models/whence-scenes/config.json',
      'models/whence-scenes/onnx/decoder_model_merged.onnx',
      'resources/samples/cats.png',
      'resources/fonts/OFL.txt',
      'resources/icons/icon.png',
      'resources/licences.json',
      'LICENSE',
      'NOTICE',
    ]) {
      expect(existsSync(join(packed, 'resources', path)), path).toBe(true)
    }
  })

  spec('runs from what was packed alone, without developer tools', async () => {
    const app = join(folder, 'laid-out')
    layOut(join(packed, 'resources', 'app.asar'), app)
    const driver = await launchWiring({ profile: join(folder, 'profile'), app, resources: join(packed, 'resources') })
    const state = await driver.page(() => whence.call('app.state', {}), null)
    const options = await driver.standIn(({ inside }) => inside.recorded('new BrowserWindow')[0]?.args[0], null)
    await driver.close()
    expect(state).toMatchObject({ kind: 'value', value: { model: { name: 'whence-scenes' }, notices: [] } })
    expect(options).toMatchObject({ webPreferences: { devTools: false, sandbox: true } })
  })

  it('starts in the real Electron, fuses and all', async ({ skip }) => {
    const binary = electronBinary()
    if (binary === null || elsewhere !== null) return skip(elsewhere ?? 'no Electron binary here')
    const real = await packApp(join(folder, 'real'), dirname(binary))
    const profile = join(folder, 'real-profile')
    const program = spawn(join(real, 'whence'), [`--profile=${profile}`], { stdio: 'ignore' })
    try {
      await expect.poll(() => existsSync(join(profile, 'library.db')), { timeout: 60_000 }).toBe(true)
    } finally {
      program.kill()
    }
  })
})
