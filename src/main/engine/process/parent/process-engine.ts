import { basename } from 'node:path'
import { fail, Failed, throwIfCancelled } from '../../../../shared/contract/failure.ts'
import type {
  Engine,
  EngineOptions,
  JointRequest,
  PictureSource,
  PictureViews,
  ReadyModel,
  ShownPicture,
  Similarity,
  SimilarityRequest,
} from '../../engine.ts'
import type { JointPass } from '../../../../shared/explanation/joint-pass.ts'
import { EngineQueue } from '../../engine-queue.ts'
import { CrashBudget } from './crash-budget.ts'
import { EngineChild, type JobOutcome } from './engine-child.ts'
import { Job } from './job.ts'
import { exitInWords, ranOutOfMemory, type EngineLauncher, type ProcessExit } from './launcher.ts'
import { defaultLimits, type ProcessLimits } from './limits.ts'
import type { JobEvent, JobEvents, JobRequest, Vitals } from '../child/protocol.ts'

/** An engine process that ended without having been asked to. */
export interface Crash extends ProcessExit {
  /** Folder of the model it had loaded or was loading; `null` before the first. */
  readonly model: string | null
}

/** The model at work in a process of its own. */
export interface EngineProcess extends Engine {
  /** Process id; `null` while none runs: before the first request, and between a crash and the next request. */
  readonly pid: number | null
  /** Memory of the process, answered between two passes; `null` while none runs. */
  vitals(): Promise<Vitals | null>
  /** Calls with every crash, for the log; the function it returns ends that. */
  onCrash(listener: (crash: Crash) => void): () => void
}

/**
 * An engine in a process of its own. The process starts with the first request and is replaced by the first request after it has gone;
 * the model loaded last is then loaded again. Jobs are done one after the other in the order of their first read.
 * @throws (from its methods) besides the engine's own failures: `cancelled` at most `cancelMs` after the signal; `engine-crashed`,
 * `out-of-memory` or `engine-stuck` when the process was lost; `model-quarantined` after two such losses with no finished job between
 */
export function startEngineProcess(
  options: EngineOptions,
  launcher: EngineLauncher,
  limits: Partial<ProcessLimits> = {},
): EngineProcess {
  return new ProcessEngine(options, launcher, { ...defaultLimits, ...limits })
}

class ProcessEngine implements EngineProcess {
  readonly #options: EngineOptions
  readonly #launcher: EngineLauncher
  readonly #limits: ProcessLimits
  readonly #budget = new CrashBudget()
  readonly #queue = new EngineQueue()
  readonly #jobs = new Set<Job>()
  readonly #crashListeners = new Set<(crash: Crash) => void>()
  #child: EngineChild | null = null
  #current: string | null = null
  #closed: Promise<void> | null = null

  constructor(options: EngineOptions, launcher: EngineLauncher, limits: ProcessLimits) {
    this.#options = options
    this.#launcher = launcher
    this.#limits = limits
  }

  get pid(): number | null {
    return this.#child === null || this.#child.gone ? null : this.#child.pid
  }

  async load(folder: string): Promise<ReadyModel> {
    return this.#answer({ kind: 'load', folder }, null)
  }

  generate(
    request: Extract<JobRequest, { kind: 'generate' }>['request'],
    signal: AbortSignal,
  ): AsyncGenerator<JobEvents['generate']> {
    return this.#stream({ kind: 'generate', request }, signal)
  }

  explain(
    request: Extract<JobRequest, { kind: 'explain' }>['request'],
    signal: AbortSignal,
  ): AsyncGenerator<JobEvents['explain']> {
    return this.#stream({ kind: 'explain', request }, signal)
  }

  prepare(...[picture, suppression, signal]: Parameters<Engine['prepare']>): AsyncGenerator<JobEvents['prepare']> {
    return this.#stream({ kind: 'prepare', picture, suppression }, signal)
  }

  renderViews(picture: PictureSource, signal: AbortSignal): Promise<PictureViews> {
    return this.#answer({ kind: 'renderViews', picture }, signal)
  }

  renderModelInput(picture: PictureSource, signal: AbortSignal): Promise<ShownPicture> {
    return this.#answer({ kind: 'renderModelInput', picture }, signal)
  }

  similarity(request: SimilarityRequest, signal: AbortSignal): Promise<Similarity> {
    return this.#answer({ kind: 'similarity', request }, signal)
  }

  jointPasses(request: JointRequest, signal: AbortSignal): Promise<readonly JointPass[]> {
    return this.#answer({ kind: 'jointPasses', request }, signal)
  }

  vitals(): Promise<Vitals | null> {
    return this.#child?.vitals() ?? Promise.resolve(null)
  }

  onCrash(listener: (crash: Crash) => void): () => void {
    this.#crashListeners.add(listener)
    return () => void this.#crashListeners.delete(listener)
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  /** The one event of a job that has no other. */
  async #answer<Kind extends 'load' | 'renderViews' | 'renderModelInput' | 'similarity' | 'jointPasses'>(
    request: Extract<JobRequest, { kind: Kind }>,
    signal: AbortSignal | null,
  ): Promise<JobEvents[Kind]> {
    const { value } = await this.#stream(request, signal).next()
    if (value === undefined) throw new Error('the engine ended a job without its answer')
    return value
  }

  #stream<Kind extends keyof JobEvents>(
    request: Extract<JobRequest, { kind: Kind }>,
    signal: AbortSignal | null,
  ): AsyncGenerator<JobEvents[Kind], undefined, undefined> {
    const job = new Job(request, signal, (started) => {
      if (this.#closed === null) void this.#lineUp(started)
      else started.abandon(new Error('the engine is closed'))
    })
    return job.stream as AsyncGenerator<JobEvents[Kind], undefined, undefined>
  }

  async #lineUp(job: Job): Promise<void> {
    this.#jobs.add(job)
    try {
      await this.#queue.once(job.stop, () => this.#work(job))
      job.finish()
    } catch (error) {
      job.abandon(error)
    } finally {
      this.#jobs.delete(job)
    }
  }

  /** Cancels every job; resolves once all of them are over. */
  async #cancelAll(): Promise<void> {
    const jobs = [...this.#jobs]
    for (const job of jobs) job.cancel()
    await Promise.all(jobs.map((job) => job.settled))
  }

  async #work({ request, stop, publish }: Job): Promise<void> {
    const model = request.kind === 'load' ? request.folder : this.#current
    if (model !== null && this.#budget.refuses(model)) fail('model-quarantined', { model: basename(model) })
    const child = await this.#running(stop)
    if (request.kind === 'load') {
      publish(await this.#load(child, request.folder, stop))
      return
    }
    if (model !== null && child.model !== model) await this.#load(child, model, stop)
    await this.#perform(child, request, stop, publish)
    if (model !== null) this.#budget.finished(model)
  }

  /** The process, started if there is none. */
  async #running(stop: AbortSignal): Promise<EngineChild> {
    if (this.#child !== null && !this.#child.gone) return this.#child
    // The old process must have given its memory back before the new one asks for as much.
    await this.#child?.dismiss()
    throwIfCancelled(stop)
    const child = new EngineChild(this.#launcher, this.#limits, (crashed, exit) => this.#reportCrash(crashed, exit))
    this.#child = child
    try {
      await this.#perform(child, { kind: 'open', options: this.#options }, stop, ignore)
    } catch (error) {
      await child.dismiss()
      throw error
    }
    return child
  }

  async #load(child: EngineChild, folder: string, stop: AbortSignal): Promise<ReadyModel> {
    const answers: JobEvent[] = []
    child.model = folder
    try {
      await this.#perform(child, { kind: 'load', folder }, stop, (event) => answers.push(event))
    } catch (error) {
      child.model = null
      throw error
    }
    this.#current = folder
    this.#budget.loaded(folder)
    return answers[0] as ReadyModel
  }

  async #perform(child: EngineChild, request: JobRequest, stop: AbortSignal, publish: (event: JobEvent) => void): Promise<void> {
    throwIfCancelled(stop)
    const outcome = await child.perform(request, stop, publish)
    if (outcome.kind === 'killed' && outcome.reason === 'silent') this.#countLoss(child)
    throwIfCancelled(stop)
    expectEnd(outcome)
  }

  #reportCrash(child: EngineChild, exit: ProcessExit): void {
    this.#countLoss(child)
    for (const listener of this.#crashListeners) listener({ ...exit, model: child.model })
  }

  #countLoss({ model }: EngineChild): void {
    if (model !== null) this.#budget.crashed(model)
  }

  async #close(): Promise<void> {
    await this.#cancelAll()
    const child = this.#child
    if (child === null || child.gone) return child?.dismiss()
    const outcome = await child.perform({ kind: 'close' }, new AbortController().signal, ignore)
    await child.dismiss()
    if (outcome.kind === 'bug') throw bugOf(outcome)
  }
}

const ignore = (): void => {}

/** Throws unless the job was done. */
function expectEnd(outcome: JobOutcome): void {
  switch (outcome.kind) {
    case 'end':
      return
    case 'failure':
      throw new Failed(outcome.failure)
    case 'bug':
      throw bugOf(outcome)
    case 'exited':
      throw lossOf(outcome.exit)
    case 'killed':
      return fail(outcome.reason === 'cancelled' ? 'cancelled' : 'engine-stuck', {})
  }
}

function bugOf({ message, stack }: Extract<JobOutcome, { kind: 'bug' }>): Error {
  const error = new Error(message)
  if (stack !== null) error.stack = stack
  return error
}

function lossOf(exit: ProcessExit): Failed {
  const options = exit.lastOutput === '' ? {} : { cause: new Error(exit.lastOutput) }
  if (ranOutOfMemory(exit)) return new Failed({ code: 'out-of-memory', data: {} }, options)
  return new Failed({ code: 'engine-crashed', data: { reason: exitInWords(exit) } }, options)
}
