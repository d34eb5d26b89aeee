import { basename, join } from 'node:path'
import { failureOf, sentence } from '../shared/domain/failure.ts'
import { cacheFolder } from './cli/cache-folder.ts'
import { packageVersion } from './cli/package-root.ts'
import { stageFiles } from './export/atomic-files.ts'
import { carryElectron } from './ipc/electron-transport.ts'
import type { HandlerContext, Handlers } from './ipc/handlers-type.ts'
import { openWhence } from './ipc/open-whence.ts'
import { bugReporter } from './ipc/report-bug.ts'
import { createRouter } from './ipc/router.ts'
import { openedFiles, type OpenedFiles } from './opened-files.ts'
import { electronLauncher } from './process/electron-launcher.ts'
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

/** Opens the profile, puts the app together and opens the window. What prevents it, a profile in use elsewhere above all, is said in a sentence. */
export async function startDesktop(profile: string, { models }: LaunchOptions, openings: OpeningQueue): Promise<void> {
  const places = appPlaces(import.meta.dirname)
  guardDefaultSession()
  serveAppFiles(places.renderer)
  try {
    const whence = await openWhence({
      profile,
      models,
      root: places.root,
      cacheFolder: cacheFolder(process.env),
      version: packageVersion(join(import.meta.dirname, '..', '..')),
      launcher: electronLauncher(forkUtility, new URL('utility-entry.js', import.meta.url)),
      log: writeLog,
    })
    endWithLastWindow(() => whence.close())
    openWindow(whence.handlers, places, openings)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) report(error, 'start')
    refuseToStart(sentence(failure ?? { code: 'internal', data: {} }))
  }
}

function openWindow(handlers: Handlers, places: Places, openings: OpeningQueue): void {
  const developing = !isPackaged()
  const pictures = openedFiles(handlers['picture.add'], rememberRecent)
  const native = nativeMethods({
    window: () => window,
    addFile: pictures.add,
    makeExport: handlers['export.make'],
    writeFile: writeWhole,
  })
  const router = createRouter({ handlers, native, checkAnswers: developing, report })
  const news = new News()
  carryElectron({ router, takeFile: pictures.answer, listenToNews: (port) => news.listen(port) })
  installMenu({ command: (command) => news.tell({ kind: 'command', command }) }, developing)
  const window = openMainWindow({ preload: places.preload, icon: places.icon, developing })
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

const report = bugReporter(writeLog)
