import { basename, join } from 'node:path'
import { failureOf, sentence } from '../../shared/contract/failure.ts'
import { cacheFolder } from '../files/cache-folder.ts'
import { packageVersion } from '../files/package-root.ts'
import { stageFiles } from '../files/staged-files.ts'
import { carryElectron } from './transport/electron-transport.ts'
import type { HandlerContext, Handlers } from '../app/handlers.ts'
import { openWhence } from '../app/open-whence.ts'
import { bugReporter } from '../app/report-bug.ts'
import { createRouter } from '../app/router.ts'
import { openedFiles, type OpenedFiles } from './opened-files.ts'
import { electronLauncher } from '../engine/process/parent/electron-launcher.ts'
import { endWithLastWindow, forkUtility, isPackaged, refuseToStart, rememberRecent } from './app-process.ts'
import { serveAppFiles } from './page/app-scheme.ts'
import type { LaunchOptions } from './launch-options.ts'
import { guardDefaultSession } from './guards/lock-down.ts'
import { bringForward, openMainWindow } from './window/main-window.ts'
import { installMenu } from './window/menu.ts'
import { nativeMethods } from './window/native-methods.ts'
import { News } from './window/news.ts'
import type { OpeningQueue } from './opening-queue.ts'
import { appPaths, type AppPaths } from './app-paths.ts'

/** Opens the profile, puts the app together and opens the window. What prevents it, a profile in use elsewhere above all, is said in a sentence. */
export async function startDesktop(profile: string, { models }: LaunchOptions, openings: OpeningQueue): Promise<void> {
  const paths = appPaths(import.meta.dirname)
  guardDefaultSession()
  serveAppFiles(paths.renderer)
  try {
    const whence = await openWhence({
      profile,
      models,
      root: paths.root,
      cacheFolder: cacheFolder(process.env),
      version: packageVersion(join(import.meta.dirname, '..', '..')),
      launcher: electronLauncher(forkUtility, new URL('utility-entry.js', import.meta.url)),
      log: writeLog,
    })
    endWithLastWindow(() => whence.close())
    openWindow(whence.handlers, paths, openings)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) report(error, 'start')
    refuseToStart(sentence(failure ?? { code: 'internal', data: {} }))
  }
}

function openWindow(handlers: Handlers, paths: AppPaths, openings: OpeningQueue): void {
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
  installMenu({ command: (command) => news.publish({ kind: 'command', command }) }, developing)
  const window = openMainWindow({ preload: paths.preload, icon: paths.icon, developing })
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
    if (answer.kind === 'value') news.publish({ kind: 'opened', picture: answer.value })
    else news.publish({ kind: 'not-opened', refusal: answer.refusal })
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
