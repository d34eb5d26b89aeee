import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultSampling, defaultSuppression } from '../../../src/shared/explanation/parameters.ts'
import { failureOf, type Failure } from '../../../src/shared/contract/failure.ts'
import type { EngineOptions, ExplainRequest, GenerateRequest, PictureSource } from '../../../src/main/engine/engine.ts'
import type { ProcessLimits } from '../../../src/main/engine/process/parent/limits.ts'
import { nodeLauncher } from '../../../src/main/engine/process/parent/node-launcher.ts'
import { startEngineProcess, type EngineProcess } from '../../../src/main/engine/process/parent/process-engine.ts'
import { script, type Step } from './scripted-engine.ts'

/** An engine as small as can be. */
const options: EngineOptions = { device: 'cpu', bankMiB: 0, batch: null, cacheFolder: null }

/** An engine process that does what the prompts say; closed by `await using`. */
export function scriptedProcess(limits: Partial<ProcessLimits> = {}): EngineProcess & AsyncDisposable {
  const engine = startEngineProcess(options, nodeLauncher(new URL('./scripted-entry.ts', import.meta.url)), limits)
  return Object.defineProperty(engine, Symbol.asyncDispose, { value: () => engine.close() }) as EngineProcess & AsyncDisposable
}

/** Asks to generate by these steps. */
export function generation(...steps: readonly Step[]): GenerateRequest {
  return { picture: null, prompt: script(...steps), sampling: defaultSampling, steering: [], suppression: defaultSuppression }
}

/** Asks to explain by these steps. */
export function explanation(picture: PictureSource | null, ...steps: readonly Step[]): ExplainRequest {
  return {
    picture,
    prompt: script(...steps),
    target: null,
    token: null,
    sampling: defaultSampling,
    suppression: defaultSuppression,
    inputs: 'all',
    targets: 'completion',
    chunks: null,
    coarse: false,
  }
}

/** A signal that nobody aborts. */
export const never = (): AbortSignal => new AbortController().signal

/** All events of a job, once it is done. */
export async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = []
  for await (const event of events) all.push(event)
  return all
}

/** The failure that the work ends with; an error of another kind, or none, fails the test. */
export async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => new Error('the work succeeded'),
    (reason: unknown) => reason,
  )
  const failure = failureOf(error)
  if (failure === null) throw error
  return failure
}

/** Whether a process is there. On Linux one that has ended and waits to be reaped is told apart: in a container nobody may reap it. */
export function isAlive(pid: number): boolean {
  try {
    if (process.platform === 'linux') return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until something holds; a hang is ended by the test's own limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5)
}

/** What the engine knows about itself. */
export async function introduction(engine: EngineProcess): Promise<{ readonly pid: number; readonly model: string | null }> {
  const last = (await collect(engine.generate(generation({ do: 'introduce' }), never()))).at(-1)
  if (last?.kind !== 'completion') throw new Error('no completion')
  return JSON.parse(last.text) as { pid: number; model: string | null }
}
