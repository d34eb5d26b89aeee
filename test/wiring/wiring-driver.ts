import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Driver, Launch } from './driver.ts'
import type { FromWiring } from './protocol.ts'
import type * as electronStandIn from './stand-in/electron.ts'
import type * as inside from './stand-in/inside.ts'

const program = fileURLToPath(new URL('./program.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

/** What functions run in a wiring child's main process are given: the stand-in, and what lies behind it. */
export type StandIn = typeof electronStandIn & { readonly inside: typeof inside }

/** The app on the stand-in. */
export interface WiringDriver extends Driver {
  /** Runs a function in the main process, with sight of the stand-in's inside. */
  standIn<Argument, Value>(run: (electron: StandIn, argument: Argument) => Value, argument: Argument): Promise<Awaited<Value>>
  /** Rejections that nobody handled, and what was written to standard error. */
  readonly complaints: readonly string[]
  /** Closes the window, as the person would; resolves when the app has ended. */
  closeWindow(): Promise<void>
}

/** How the app is started on the stand-in. */
export interface WiringLaunch extends Launch {
  /** Folder of the app; by default this checkout. */
  readonly app?: string
  /** Folder of a packed app's resources; without it the app runs as from a checkout. */
  readonly resources?: string
  /** Given, the page is somebody else's: called with what it is to load. */
  readonly onLoad?: (url: string) => void
}

/** Starts the built app in a Node process in which `electron` is the stand-in; resolves once its window shows a page. */
export async function launchWiring({ profile, files = [], app = root, resources, onLoad }: WiringLaunch): Promise<WiringDriver> {
  const child = start(app, profile, files, {
    ...(resources === undefined ? {} : { WIRING_RESOURCES: resources }),
    ...(onLoad === undefined ? {} : { WIRING_REMOTE: '1' }),
  })
  child.on('message', (message: FromWiring) => {
    if (message.kind === 'load') onLoad?.(message.url)
  })
  const complaints = listenToComplaints(child)
  const evaluate = await evaluator(child, complaints)
  if (onLoad === undefined) await evaluate('page', () => 0, null)
  const endBy = async (run: (electron: StandIn) => void): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    // The answer does not come: the process ends.
    void evaluate('main', run, null).catch(() => {})
    await exited
  }
  return {
    complaints,
    main: (run, argument) => evaluate('main', run, argument) as never,
    standIn: (run, argument) => evaluate('main', run, argument) as never,
    page: (run, argument) => evaluate('page', run, argument) as never,
    startAgain: async (again) => {
      const second = start(app, profile, again, { WIRING_SECOND: '1' })
      const [code] = (await once(second, 'exit')) as [number | null]
      await evaluate('main', tellFirst, again)
      return code
    },
    close: () => endBy(({ app }) => app.quit()),
    closeWindow: () => endBy(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  }
}

/** Starts the app where it is to refuse; resolves with the exit code and what it wrote to standard error. */
export async function startInVain({
  profile,
  second = false,
}: Launch & { readonly second?: boolean }): Promise<{ code: number | null; words: string }> {
  const child = start(root, profile, [], second ? { WIRING_SECOND: '1' } : {})
  const words = listenToComplaints(child)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, words: words.join('') }
}

/** What Electron does with a second start: the first hears of it. */
function tellFirst({ app }: StandIn, files: readonly string[]): void {
  app.emit('second-instance', {}, [], '', { files })
}

function start(app: string, profile: string, files: readonly string[], more: NodeJS.ProcessEnv): ChildProcess {
  return fork(program, [join(app, 'out', 'main', 'index.js'), `--profile=${profile}`, ...files], {
    execPath: process.execPath,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...more, NODE_OPTIONS: '' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

function listenToComplaints(child: ChildProcess): string[] {
  const complaints: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  return complaints
}

type Evaluate = (place: 'main' | 'page', run: (...args: never) => unknown, argument: unknown) => Promise<unknown>

async function evaluator(child: ChildProcess, complaints: string[]): Promise<Evaluate> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const started = Promise.withResolvers<void>()
  let count = 0
  child.on('message', (message: FromWiring) => {
    if (message.kind === 'started') started.resolve()
    else if (message.kind === 'unhandled') complaints.push(message.error)
    else if (message.kind === 'load') return
    else if (message.kind === 'answer') waiting.get(message.id)?.resolve(message.value)
    else waiting.get(message.id)?.reject(new Error(message.error))
  })
  child.once('exit', (code, signal) => {
    const ended = new Error(`the app ended (${code ?? signal}): ${complaints.join('')}`)
    started.reject(ended)
    for (const { reject } of waiting.values()) reject(ended)
  })
  await started.promise
  return (place, run, argument) => {
    const id = (count += 1)
    const answer = Promise.withResolvers<unknown>()
    waiting.set(id, answer)
    child.send({ id, place, source: run.toString(), argument })
    return answer.promise
  }
}
