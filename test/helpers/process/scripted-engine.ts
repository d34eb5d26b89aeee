import { basename } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { position, tokenId, type TokenId } from '../../../src/shared/values/brand.ts'
import { fail, throwIfCancelled } from '../../../src/shared/contract/failure.ts'
import type { GeneratedToken } from '../../../src/shared/explanation/record.ts'
import type { ModelInfo } from '../../../src/shared/explanation/model/model-info.ts'
import type { Engine, ExplainEvent, GenerateEvent } from '../../../src/main/engine/engine.ts'

/** What the scripted engine does, one after the other; a prompt is such a list as JSON, and so is the name of a model folder. */
export type Step =
  | { readonly do: 'token'; readonly text: string }
  /** Writes what it knows about itself: process and model. */
  | { readonly do: 'introduce' }
  /** Looks at the signal like a sweep, then blocks the event loop like a pass: from within `setImmediate`, as ONNX Runtime does. */
  | { readonly do: 'block'; readonly ms: number }
  /** Blocks the event loop and lets it turn neither before nor after. */
  | { readonly do: 'compute'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'await-for-ever' }
  | { readonly do: 'block-for-ever' }
  | { readonly do: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly do: 'exit'; readonly code: number }
  | { readonly do: 'abort' }
  | { readonly do: 'complain'; readonly text: string }
  | { readonly do: 'fail' }
  | { readonly do: 'throw' }
  | { readonly do: 'send-a-function' }

/** A list of steps as a prompt. */
export function script(...steps: readonly Step[]): string {
  return JSON.stringify(steps)
}

/** A model folder whose loading does these steps; `name` tells folders apart. */
export function folder(name: string, ...steps: readonly Step[]): string {
  return `/models/${encodeURIComponent(script(...steps))}@${name}`
}

/** An engine without a model that does what the prompt says. Its answers depend on the request alone. */
export function openScriptedEngine(): Engine {
  let model: string | null = null
  return {
    load: async (path) => {
      const [steps = '[]', name = ''] = basename(path).split('@')
      await exhaust(follow(decodeURIComponent(steps), new AbortController().signal, name))
      model = name
      return { info: modelInfo(name), provider: 'cpu' }
    },
    generate: (request, signal) => follow(request.prompt, signal, model),
    explain: async function* (request, signal): AsyncGenerator<ExplainEvent> {
      yield* follow(request.prompt, signal, model)
      const bytes = request.picture?.bytes ?? new Uint8Array()
      // A view in the middle of a larger buffer: what arrives must be the view alone.
      const around = new Uint8Array(bytes.length + 8)
      around.set(bytes, 4)
      const values = new Float32Array(around.buffer, 4, bytes.length / Float32Array.BYTES_PER_ELEMENT)
      yield { kind: 'coarse', map: { rows: 1, columns: values.length, targets: [], values } }
    },
    prepare: async function* (picture) {
      for (let done = 1; done <= picture.bytes.length; done += 1) yield { done, total: picture.bytes.length }
    },
    renderViews: async () => fail('layer-out-of-range', { layer: 9, layers: 4 }),
    renderModelInput: async ({ bytes }) => ({ mime: 'image/png', bytes }),
    similarity: async ({ completion }) => ({ length: completion.length, cosines: Float32Array.from(completion) }),
    jointPasses: async ({ parts }) =>
      parts.map((part) => ({
        members: part.map(position),
        neighbours: false,
        relevance: Float32Array.from(part),
        candidates: Float32Array.of(Number.NaN),
      })),
    close: async () => {},
  }
}

async function* follow(prompt: string, signal: AbortSignal, model: string | null): AsyncGenerator<GenerateEvent> {
  const tokens: GeneratedToken[] = []
  for (const step of JSON.parse(prompt) as Step[]) {
    const text = await take(step, signal, model)
    if (text === null) continue
    const token = { id: tokenId(tokens.length), text, span: { start: 0, end: text.length }, logprob: -0, candidates: [] }
    tokens.push(token)
    yield { kind: 'token', token }
    if (step.do === 'send-a-function') yield { kind: 'token', token: { ...token, id: (() => 0) as unknown as TokenId } }
  }
  yield { kind: 'completion', text: tokens.map(({ text }) => text).join(''), tokens, stopped: 'stop-token' }
}

async function take(step: Step, signal: AbortSignal, model: string | null): Promise<string | null> {
  switch (step.do) {
    case 'token':
      return step.text
    case 'send-a-function':
      return ''
    case 'introduce':
      return JSON.stringify({ pid: process.pid, model })
    case 'block':
      throwIfCancelled(signal)
      await nextTurn()
      block(step.ms)
      return null
    case 'compute':
      throwIfCancelled(signal)
      block(step.ms)
      return null
    case 'sleep':
      await sleep(step.ms)
      throwIfCancelled(signal)
      return null
    case 'await-for-ever':
      return await new Promise<never>(() => {})
    case 'block-for-ever':
      block(Infinity)
      return null
    case 'signal':
      process.kill(process.pid, step.signal)
      return await new Promise<never>(() => {})
    case 'exit':
      return process.exit(step.code)
    case 'abort':
      return process.abort()
    case 'complain':
      process.stderr.write(step.text)
      return null
    case 'fail':
      return fail('layer-out-of-range', { layer: 9, layers: 4 })
    case 'throw':
      throw new TypeError('a bug in the engine')
  }
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

async function exhaust(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

function modelInfo(name: string): ModelInfo {
  return {
    name,
    sha256: '',
    family: 'scripted',
    precision: 'f32',
    grid: null,
    imageSize: null,
    layers: 4,
    heads: 1,
    keyValueHeads: 1,
    headSize: 1,
    hiddenSize: 1,
    vocabularySize: 1,
    maxPositions: 1,
    knows: null,
  }
}
