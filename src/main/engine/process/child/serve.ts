import { assertNever } from '../../../../shared/values/assert-never.ts'
import { failureOf } from '../../../../shared/contract/failure.ts'
import type { Engine, EngineOptions } from '../../engine.ts'
import type { FromEngine, JobEnd, JobEvent, JobId, JobRequest, ToEngine } from './protocol.ts'

/** The host as the engine process sees it. */
export interface HostPort {
  /** @throws DataCloneError when the message cannot be cloned */
  postMessage(message: FromEngine): void
  onMessage(listener: (message: ToEngine) => void): void
}

/** Builds the engine that this process is for. */
export type OpenEngine = (options: EngineOptions) => Engine | Promise<Engine>

const bytesPerMiB = 2 ** 20
const kibPerMiB = 2 ** 10

/** Does the host's jobs with one engine, for the life of the process. */
export function serveEngine(port: HostPort, openEngine: OpenEngine): void {
  const running = new Map<JobId, AbortController>()
  let engine: Engine | null = null

  async function* perform(request: JobRequest, signal: AbortSignal): AsyncGenerator<JobEvent> {
    if (request.kind === 'open') engine = await openEngine(request.options)
    else if (engine === null) throw new Error(`the engine was asked to ${request.kind} before it was opened`)
    else yield* eventsOf(engine, request, signal)
  }

  async function work(id: JobId, request: JobRequest): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    const end = await endOf(perform(request, controller.signal), (event) => port.postMessage({ kind: 'event', id, event }))
    running.delete(id)
    port.postMessage({ kind: 'over', id, end })
  }

  port.onMessage((message) => {
    switch (message.kind) {
      case 'job':
        return void work(message.id, message.request)
      case 'cancel':
        return running.get(message.id)?.abort()
      case 'ping':
        return port.postMessage({ kind: 'heartbeat', vitals: vitals() })
      default:
        return assertNever(message)
    }
  })
}

async function* eventsOf(
  engine: Engine,
  request: Exclude<JobRequest, { kind: 'open' }>,
  signal: AbortSignal,
): AsyncGenerator<JobEvent> {
  switch (request.kind) {
    case 'load':
      yield await engine.load(request.folder)
      return
    case 'generate':
      yield* engine.generate(request.request, signal)
      return
    case 'explain':
      yield* engine.explain(request.request, signal)
      return
    case 'prepare':
      yield* engine.prepare(request.picture, request.suppression, signal)
      return
    case 'renderViews':
      yield await engine.renderViews(request.picture, signal)
      return
    case 'renderModelInput':
      yield await engine.renderModelInput(request.picture, signal)
      return
    case 'similarity':
      yield await engine.similarity(request.request, signal)
      return
    case 'jointPasses':
      yield await engine.jointPasses(request.request, signal)
      return
    case 'close':
      await engine.close()
      return
    default:
      return assertNever(request)
  }
}

async function endOf(events: AsyncGenerator<JobEvent>, publish: (event: JobEvent) => void): Promise<JobEnd> {
  try {
    for await (const event of events) {
      publish(event)
      // A turn of the loop, in which a cancel arrives however closely the engine's passes follow each other.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return { kind: 'end' }
  } catch (error) {
    return endBy(error)
  }
}

function endBy(error: unknown): JobEnd {
  const failure = failureOf(error)
  if (failure !== null) return { kind: 'failure', failure }
  if (error instanceof Error) return { kind: 'bug', message: error.message, stack: error.stack ?? null }
  return { kind: 'bug', message: String(error), stack: null }
}

function vitals(): { residentMiB: number; peakMiB: number } {
  return { residentMiB: process.memoryUsage.rss() / bytesPerMiB, peakMiB: process.resourceUsage().maxRSS / kibPerMiB }
}
