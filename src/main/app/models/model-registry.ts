import { fail, failureOf, sentence } from '../../../shared/contract/failure.ts'
import type { ResponseOf } from '../../../shared/contract/types.ts'
import type { Engine, ReadyModel } from '../../engine/engine.ts'
import type { ListedModel } from '../../engine/model/model-list.ts'
import { listModels } from '../../engine/model/model-list.ts'
import type { KeyValueStore } from '../../storage/library/key-value-store.ts'
import type { EngineQueue } from '../../engine/engine-queue.ts'

/** A model that could be used, or why not; its id is stable within the model folders and never a path. */
export type RegisteredModel = ResponseOf<'models.list'>[number]

/** The models of some folders, one of them at work. */
export interface ModelRegistry {
  list(): Promise<RegisteredModel[]>
  /** Puts a model to work and remembers it. @throws `model-missing`, or why it cannot be used */
  use(id: string, signal: AbortSignal): Promise<ReadyModel>
  /** The model at work: the remembered one, else the first choice, loaded when it is first asked for. */
  current(): Promise<ReadyModel>
}

/** What a model registry is made of. */
export interface ModelRegistryOptions {
  readonly engine: Engine
  readonly queue: EngineQueue
  readonly keyValues: KeyValueStore
  readonly folders: readonly string[]
  /** The model to begin with. */
  readonly first: string
  /** Called with the reason why the remembered model could not be used. */
  readonly notify: (notice: string) => void
}

/** Makes the registry; nothing is loaded yet. */
export function modelRegistry({ engine, queue, keyValues, folders, first, notify }: ModelRegistryOptions): ModelRegistry {
  let current: Promise<ReadyModel> | null = null

  async function load(id: string): Promise<ReadyModel> {
    const found = (await registered(folders)).find((model) => model.id === id) ?? fail('model-missing', { name: id })
    return engine.load(found.listed.path)
  }

  async function begin(): Promise<ReadyModel> {
    const remembered = keyValues.recall('model')
    if (remembered !== null && remembered !== first) {
      try {
        return await load(remembered)
      } catch (error) {
        const failure = failureOf(error)
        if (failure === null) throw error
        notify(sentence(failure))
      }
    }
    return load(await firstChoice(folders, first))
  }

  return {
    list: async () => (await registered(folders)).map(({ id, listed }) => describe(id, listed)),
    current: () => {
      const loading = (current ??= begin())
      // A failed load is tried again by the next who asks.
      loading.catch(() => (current = current === loading ? null : current))
      return loading
    },
    use: (id, signal) =>
      queue.once(signal, async () => {
        const model = await load(id)
        current = Promise.resolve(model)
        keyValues.remember('model', id)
        return model
      }),
  }
}

/** Two folders may hold models of one name: the later ones are numbered. */
async function registered(folders: readonly string[]): Promise<{ readonly id: string; readonly listed: ListedModel }[]> {
  const found = await listModels(folders)
  const names = found.map(nameOf)
  return found.map((listed, place) => {
    const name = nameOf(listed)
    const earlier = names.slice(0, place).filter((other) => other === name).length
    return { id: earlier === 0 ? name : `${name}~${earlier + 1}`, listed }
  })
}

async function firstChoice(folders: readonly string[], first: string): Promise<string> {
  const usable = (await registered(folders)).filter(({ listed }) => listed.kind === 'usable').map(({ id }) => id)
  return usable.includes(first) ? first : (usable[0] ?? first)
}

function nameOf(listed: ListedModel): string {
  return listed.kind === 'usable' ? listed.summary.name : listed.name
}

function describe(id: string, listed: ListedModel): RegisteredModel {
  const name = nameOf(listed)
  return listed.kind === 'usable'
    ? { id, name, knows: listed.summary.knows, problem: null }
    : { id, name, knows: null, problem: sentence(listed.failure) }
}
