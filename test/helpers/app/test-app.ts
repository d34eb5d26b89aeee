import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Handlers } from '../../../src/main/app/handlers.ts'
import type { WhenceParts } from '../../../src/main/app/create-whence.ts'
import { createWhence } from '../../../src/main/app/create-whence.ts'
import { createRouter } from '../../../src/main/app/router.ts'
import type { Storage } from '../../../src/main/storage/storage.ts'
import { openStorage } from '../../../src/main/storage/storage.ts'
import type { EventOf, RequestOf, ResponseOf, CallName, StreamName } from '../../../src/shared/contract/types.ts'
import { embeddedModel, root } from '../test-model.ts'
import type { FakeEngine } from './fake-engine.ts'
import { fakeEngine } from './fake-engine.ts'

/** A whole app over a profile, asked through the router, with an engine that computes nothing. */
export interface TestApp extends Disposable {
  readonly engine: FakeEngine
  readonly storage: Storage
  readonly handlers: Handlers
  /** Asks; a refusal is thrown as `code`. */
  call<Name extends CallName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>
  /** Asks for events; a refusal is thrown as `code`. */
  stream<Name extends StreamName>(name: Name, request: RequestOf<Name>, signal?: AbortSignal): AsyncGenerator<EventOf<Name>>
}

/** Opens one. Bugs of handlers, and answers against the contract, fail the test. */
export async function openTestApp(profile: string, change: Partial<WhenceParts> = {}): Promise<TestApp> {
  const engine = fakeEngine()
  const storage = await openStorage(profile)
  const handlers = await createWhence({
    engine,
    reader: null,
    storage,
    modelFolders: [join(root, 'models')],
    firstModel: 'whence-scenes',
    samplesFolder: join(root, 'resources', 'samples'),
    licencesFile: join(root, 'resources', 'licences.json'),
    version: '1.2.3',
    opened: null,
    notices: [],
    makeExport: async (sources, { format }) => {
      const parts = await Promise.all(sources.map(async (source) => [await source.explanation(), await source.picture()]))
      return { name: `export.${format}`, mime: 'text/plain', bytes: new TextEncoder().encode(JSON.stringify(parts)) }
    },
    ...change,
  })
  const bugs: unknown[] = []
  const router = createRouter({ handlers, native: null, checkAnswers: true, report: (error) => bugs.push(error) })
  const client = { id: 'test', host: 'browser' } as const
  const refuse = (code: string): never => {
    if (bugs.length > 0) throw bugs[0]
    throw new Error(code)
  }
  return {
    engine,
    storage,
    handlers,
    call: async (name, request) => {
      const answer = await router.call(name, request, { signal: new AbortController().signal, client })
      return answer.kind === 'value' ? (answer.value as never) : refuse(answer.refusal.code)
    },
    stream: async function* (name, request, signal = new AbortController().signal) {
      for await (const message of router.stream(name, request, { signal, client })) {
        if (message.kind === 'event') yield message.event as never
        if (message.kind === 'refusal') refuse(message.refusal.code)
      }
    },
    [Symbol.dispose]: () => storage.close(),
  }
}

/** A folder that looks like a model from outside: the embedded one's texts, and graphs of no bytes. */
export function makeModelLookalike(folder: string, name: string): void {
  const place = join(folder, name)
  mkdirSync(join(place, 'onnx'), { recursive: true })
  for (const file of [
    'config.json',
    'generation_config.json',
    'preprocessor_config.json',
    'tokenizer.json',
    'tokenizer_config.json',
  ])
    cpSync(join(embeddedModel, file), join(place, file))
  for (const graph of ['vision_encoder', 'embed_tokens', 'decoder_model_merged'])
    writeFileSync(join(place, 'onnx', `${graph}.onnx`), '')
}
