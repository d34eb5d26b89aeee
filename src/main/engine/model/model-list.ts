import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../../shared/contract/failure.ts'
import { failureOf } from '../../../shared/contract/failure.ts'
import { openModelFolder, summarise } from './model-folder.ts'
import type { ModelSummary } from './model-folder.ts'

/** A folder that looks like a model: what it says of itself, or why it cannot be used. */
export type ListedModel =
  | { readonly kind: 'usable'; readonly path: string; readonly summary: ModelSummary }
  | { readonly kind: 'unusable'; readonly path: string; readonly name: string; readonly failure: Failure }

/**
 * Finds the models in some folders, by name: the folders directly below them that hold a config.json. Nothing is hashed or loaded.
 * Folders that do not exist or may not be read hold no models.
 */
export async function listModels(folders: readonly string[]): Promise<ListedModel[]> {
  const candidates = await Promise.all(folders.map(findCandidates))
  const models = await Promise.all(candidates.flat().map(inspect))
  return models.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

async function findCandidates(folder: string): Promise<{ path: string; name: string }[]> {
  const places = (await namesIn(folder)).map((name) => ({ path: join(folder, name), name }))
  const isModel = await Promise.all(places.map(async ({ path }) => (await namesIn(path)).includes('config.json')))
  return places.filter((_, index) => isModel[index])
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

async function inspect({ path, name }: { path: string; name: string }): Promise<ListedModel> {
  try {
    return { kind: 'usable', path, summary: summarise(await openModelFolder(path)) }
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return { kind: 'unusable', path, name, failure }
  }
}

function nameOf(model: ListedModel): string {
  return model.kind === 'usable' ? model.summary.name : model.name
}
