import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { ExplainEvent } from '../../src/main/engine/engine.ts'
import { nodeLauncher } from '../../src/main/engine/process/parent/node-launcher.ts'
import { startEngineProcess, type EngineProcess } from '../../src/main/engine/process/parent/process-engine.ts'
import { defaultSampling, defaultSuppression } from '../../src/shared/explanation/parameters.ts'
import { failureOf } from '../../src/shared/contract/failure.ts'

const model = fileURLToPath(new URL('../../models/whence-scenes', import.meta.url))
const picture = { name: 'cats.png', bytes: readFileSync(new URL('../../resources/samples/cats.png', import.meta.url)) }

it('gives the same explanation after the engine was killed in the middle of a sweep, and after a cancelled one', async () => {
  const engine = startEngineProcess({ device: 'cpu', bankMiB: 0, batch: 1, cacheFolder: null }, nodeLauncher())
  try {
    await engine.load(model)
    const before = relevanceIn(await explain(engine))
    const first = engine.pid
    expect(await codeOf(explain(engine, () => process.kill(engine.pid ?? 0, 'SIGKILL')))).toBe('engine-crashed')
    expect(relevanceIn(await explain(engine))).toEqual(before)
    const second = engine.pid
    expect(second).not.toBe(first)
    const controller = new AbortController()
    expect(await codeOf(explain(engine, () => controller.abort(), controller.signal))).toBe('cancelled')
    expect(relevanceIn(await explain(engine))).toEqual(before)
  } finally {
    await engine.close()
  }
})

/**
 * Explains the words of a short prompt. With `inSweep`, called at the first progress, the sweep covers the whole picture and so has seconds to go.
 */
async function explain(
  engine: EngineProcess,
  inSweep?: () => void,
  signal = new AbortController().signal,
): Promise<ExplainEvent[]> {
  const events: ExplainEvent[] = []
  const request = {
    picture,
    prompt: 'This is a picture of',
    target: ' three cats',
    token: null,
    sampling: defaultSampling,
    suppression: defaultSuppression,
    inputs: inSweep === undefined ? 'text' : 'all',
    targets: 'completion',
    chunks: null,
    coarse: false,
  } as const
  let told = false
  for await (const event of engine.explain(request, signal)) {
    events.push(event)
    if (event.kind !== 'sweep-progress' || told) continue
    told = true
    inSweep?.()
  }
  return events
}

function relevanceIn(events: readonly ExplainEvent[]): readonly number[] {
  const relevance = events.find((event) => event.kind === 'relevance')
  if (relevance === undefined) throw new Error('no relevance was told')
  return [...relevance.relevance.values]
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.then(
    () => new Error('the work succeeded'),
    (reason: unknown) => reason,
  )
  return failureOf(error)?.code ?? String(error)
}
