import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Engine, ExplainEvent, GenerateEvent } from '../../../src/main/engine/engine.ts'
import { throwIfCancelled } from '../../../src/shared/contract/failure.ts'
import type { Explanation } from '../../../src/shared/explanation/record.ts'
import { position } from '../../../src/shared/values/brand.ts'
import type { ModelInfo } from '../../../src/shared/explanation/model/model-info.ts'
import { explanation, model } from '../../unit/main/export/hand-made.ts'

/** An engine that computes nothing, notes what it is asked, and works only as far as it is let. */
export interface FakeEngine extends Engine {
  /**
   * What it was asked to do, in order: `load name`, `explain prompt`, `prepare`, `generate prompt`, `renderViews name`, `renderModelInput`, `similarity`,
   * `jointPasses` and the positions of each part.
   */
  readonly calls: string[]
  /** Jobs at work at this moment, and the most there ever were. */
  readonly busy: { now: number; most: number }
  /** Lets every job that has `hold` in its prompt go on. */
  release(): void
}

/** Opens one. A prompt with `hold` waits for `release`, one with `fail` breaks; a bank fills in `chunks` steps that are each let go by `release`. */
export function fakeEngine(chunks = 3): FakeEngine {
  const calls: string[] = []
  const busy = { now: 0, most: 0 }
  let gate = Promise.withResolvers<void>()
  let filled = 0
  let loaded: ModelInfo = model

  async function* job<Event>(name: string, work: () => AsyncGenerator<Event>): AsyncGenerator<Event> {
    calls.push(name)
    busy.most = Math.max(busy.most, ++busy.now)
    try {
      yield* work()
    } finally {
      busy.now--
    }
  }
  async function pass(signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => aborted.resolve(), { once: true })
    await Promise.race([gate.promise, aborted.promise])
    throwIfCancelled(signal)
  }
  async function* held(prompt: string, signal: AbortSignal): AsyncGenerator<never> {
    if (prompt.includes('hold')) await pass(signal)
  }

  return {
    calls,
    busy,
    release: () => {
      gate.resolve()
      gate = Promise.withResolvers()
    },
    load: async (folder) => {
      const name = basename(folder)
      calls.push(`load ${name}`)
      loaded = { ...model, name, sha256: createHash('sha256').update(name).digest('hex') }
      return { info: loaded, provider: 'cpu' }
    },
    explain: ({ prompt, picture, target, sampling, suppression, targets, chunks: chunking }, signal) =>
      job(`explain ${prompt}`, async function* (): AsyncGenerator<ExplainEvent> {
        yield { kind: 'prompt', tokens: [] }
        if (prompt.includes('fail')) throw new Error('a bug in the engine')
        if (prompt.includes('hold')) await pass(signal)
        throwIfCancelled(signal)
        const parameters = { sampling, suppression, inputs: 'all', targets, chunks: chunking } as const
        const sha256 = picture && createHash('sha256').update(picture.bytes).digest('hex')
        yield { kind: 'done', explanation: madeBy(loaded, prompt, sha256, target, parameters) }
      }),
    generate: ({ prompt }, signal) =>
      job(`generate ${prompt}`, async function* (): AsyncGenerator<GenerateEvent> {
        yield { kind: 'prompt', tokens: [] }
        if (prompt.includes('hold')) await pass(signal)
        yield { kind: 'completion', text: ' cats', tokens: [], stopped: 'stop-token' }
      }),
    prepare: (_, __, signal) =>
      job('prepare', async function* () {
        while (filled < chunks) {
          await pass(signal)
          yield { done: ++filled, total: chunks }
        }
      }),
    renderViews: async ({ name, bytes }) => {
      calls.push(`renderViews ${name}`)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return {
        provenance: { sha256, format: 'png', width: 4, height: 3, notes: ['first of 2 frames'] },
        display: { mime: 'image/png', bytes: Uint8Array.of(1) },
        thumbnail: { mime: 'image/webp', bytes: Uint8Array.of(2) },
      }
    },
    renderModelInput: async () => {
      calls.push('renderModelInput')
      return { mime: 'image/png', bytes: Uint8Array.of(3) }
    },
    similarity: async ({ completion }) => {
      calls.push('similarity')
      return { length: completion.length, cosines: new Float32Array(completion.length ** 2).fill(1) }
    },
    jointPasses: async ({ prompt, parts, suppression, completion }, signal) => {
      for await (const _ of job(`jointPasses ${parts.map((part) => part.join(' ')).join(', ')}`, () => held(prompt, signal)));
      return parts.map((part) => ({
        members: part.map(position),
        neighbours: suppression.threshold !== null,
        relevance: new Float32Array(completion.length).fill(part.length),
        candidates: new Float32Array(completion.length * 5).fill(Number.NaN),
      }))
    },
    close: async () => {},
  }
}

function madeBy(
  { name, sha256, family, precision }: ModelInfo,
  prompt: string,
  picture: string | null,
  target: string | null,
  parameters: Explanation['parameters'],
): Explanation {
  const whole = explanation({ picture: picture === null ? null : { width: 4, height: 3 } })
  return {
    ...whole,
    model: { name, sha256, family, precision },
    parameters,
    picture: whole.picture && picture !== null ? { ...whole.picture, sha256: picture } : null,
    prompt: { ...whole.prompt, text: prompt },
    completion: { ...whole.completion, given: target !== null },
  }
}
