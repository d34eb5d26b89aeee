import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fail } from '../../../shared/contract/failure.ts'

/**
 * Folder of the models that come with Whence.
 * @param root the package's folder
 */
export function modelsFolder(root: string): string {
  return join(root, 'models')
}

/**
 * Folder of a model: one that comes with Whence by name, or any folder by path.
 * @throws `model-missing`
 */
export async function findModel(root: string, choice: string): Promise<string> {
  const isName = !/[\\/]/.test(choice) && choice !== '.' && choice !== '..'
  const places = [...(isName ? [join(modelsFolder(root), choice)] : []), resolve(choice)]
  for (const place of places) if (await isFolder(place)) return place
  return fail('model-missing', { name: choice })
}

/** Whether a path leads to a folder. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
