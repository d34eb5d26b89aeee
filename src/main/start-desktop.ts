import { basename, join } from 'node:path'
import { failureOf, sentence } from '../shared/domain/failure.ts'
import { cacheFolder } from './cli/cache-folder.ts'
import { packageVersion } from './cli/package-root.ts'
import type { Engine } from './engine/engine.ts'
import { stageFiles } from './export/atomic-files.ts'
import { createWhence } from './ipc/create-whence.ts'
import { carryElectron } from './ipc/electron-transport.ts'
import type { HandlerContext, Handlers } from './ipc/handlers-type.ts'
import { bugReporter } from './ipc/report-bug.ts'
import { createRouter } from './ipc/router.ts'
import { openedFiles, type OpenedFiles } from './opened-files.ts'
import { electronLauncher } from './process/electron-launcher.ts'
import { startEngineProcess } from './process/process-engine.ts'
import { openStorage, type Storage } from './storage/storage.ts'
import { endWithLastWindow, forkUtility, isPackaged, refuseToStart, rememberRecent } from './window/app-process.ts'
import { serveAppFiles } from './window/app-scheme.ts'
import type { LaunchOptions } from './window/launch-options.ts'
import { guardDefaultSession } from './window/lock-down.ts'
import { bringForward, openMainWindow } from './window/main-window.ts'
import { installMenu } from './window/menu.ts'
import { nativeMethods } from './window/native-methods.ts'
import { News } from './window/news.ts'
import type { OpeningQueue } from './window/opening-queue.ts'
import { appPlaces, type Places } from './window/places.ts'

/** Most memory the image bank may keep, in MiB: the pictures of a working session at 144 patches. */
const bankMiB = 512

/** Opens the profile, puts the app together and opens the window. What prevents it, a profile in use elsewhere above all, is said in a sentence. */
export async function startDesktop(profile: string, launch: LaunchOptions, openings: OpeningQueue): Promise<void> {
  try {
    openWindow(await assemble(profile, launch), openings)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) bugReporter(writeLog)(error, 'start')
    refuseToStart(sentence(failure ?? { code: 'internal', data: {} }))
  }
}

interface Assembled {
  readonly places: Places
  readonly handlers: Handlers
}

/** Everything behind the window; its end is the app's. */
async function assemble(profile: string, launch: LaunchOptions): Promise<Assembled> {
  const places = appPlaces(import.meta.dirname)
  guardDefaultSession()
  serveAppFiles(places.renderer)
  const storage = await openStorage(profile)
  const engines = { engine: newEngine(bankMiB), reader: newEngine(0) }
  endWithLastWindow(async () => close(storage, engines))
  const handlers = await createWhence({
    ...engines,
    storage,
    modelFolders: [...(launch.models === null ? [] : [launch.models]), join(places.root, 'models')],
    firstModel: 'whence-scenes',
    samplesFolder: join(places.root, 'resources', 'samples'),
    licencesFile: join(places.root, 'resources', 'licences.json'),
    version: packageVersion(join(import.meta.dirname, '..', '..')),
    opened: null,
    makeExport: () => Promise.reject(new Error('exports are still to come')),
    notices: [],
  })
  return { places, handlers }
}

function newEngine(bankMiB: number): Engine {
  const options = { device: 'auto', bankMiB, batch: null, cacheFolder: cacheFolder(process.env) } as const
  return startEngineProcess(options, electronLauncher(forkUtility, new URL('utility-entry.js', import.meta.url)))
}

async function close(storage: Storage, { engine, reader }: { readonly engine: Engine; readonly reader: Engine }): Promise<void> {
  await Promise.allSettled([engine.close(), reader.close()])
  storage.close()
}

function openWindow({ places, handlers }: Assembled, openings: OpeningQueue): void {
  const pictures = openedFiles(handlers['picture.add'], rememberRecent)
  const native = nativeMethods({
    window: () => window,
    addFile: pictures.add,
    makeExport: handlers['export.make'],
    writeFile: writeWhole,
  })
  const router = createRouter({ handlers, native, checkAnswers: !isPackaged(), report: bugReporter(writeLog) })
  const news = new News()
  carryElectron({ router, takeFile: pictures.answer, listenToNews: (port) => news.listen(port) })
  installMenu({ command: (command) => news.tell({ kind: 'command', command }) }, !isPackaged())
  const window = openMainWindow({ preload: places.preload, icon: places.icon, developing: !isPackaged() })
  openings.attend((files) => {
    bringForward(window)
    void openAll(files, pictures, news)
  })
}

/** The app itself, when it opens what the person opened outside. */
const itself: HandlerContext = { client: { id: 'desktop', host: 'electron' }, signal: new AbortController().signal }

async function openAll(files: readonly string[], pictures: OpenedFiles, news: News): Promise<void> {
  for (const file of files) {
    const answer = await pictures.answer(file, itself)
    if (answer.kind === 'value') news.tell({ kind: 'opened', picture: answer.value })
    else news.tell({ kind: 'not-opened', refusal: answer.refusal })
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await using staged = stageFiles()
  await staged.add(path, basename(path), bytes)
  await staged.commit()
}

function writeLog(line: string): void {
  process.stderr.write(`${line}\n`)
}
