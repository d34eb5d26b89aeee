import { basename } from 'node:path'
import { failureOf, sentence } from '../../shared/contract/failure.ts'
import type { Answer, Refusal } from '../../shared/contract/answer.ts'
import type { AddedPicture } from '../../shared/contract/library.ts'
import { readPictureFile } from '../engine/picture/picture-file.ts'
import type { HandlerContext, Handlers } from '../app/handlers.ts'

/** Takes pictures by their place on the disk. */
export interface OpenedFiles {
  /**
   * Reads a picture once and adds it as if its bytes had been dropped. Only its name is passed on, not its folder.
   * @throws the failures of reading, and of `picture.add`
   */
  readonly add: (path: string, context: HandlerContext) => Promise<AddedPicture>
  /** The same, with a failure as a value. */
  readonly answer: (path: string, context: HandlerContext) => Promise<Answer<AddedPicture>>
}

/**
 * @param addPicture the handler of `picture.add`
 * @param remember called with every place a picture was taken from
 */
export function openedFiles(addPicture: Handlers['picture.add'], remember: (path: string) => void): OpenedFiles {
  async function add(path: string, context: HandlerContext): Promise<AddedPicture> {
    const name = basename(path)
    const { bytes } = await readPictureFile(path, name)
    const picture = await addPicture({ name, bytes: new Uint8Array(bytes) }, context)
    remember(path)
    return picture
  }
  return {
    add,
    answer: async (path, context) => {
      try {
        return { kind: 'value', value: await add(path, context) }
      } catch (error) {
        return { kind: 'refusal', refusal: refusalOf(error) }
      }
    },
  }
}

/** @throws what is a bug */
function refusalOf(error: unknown): Refusal {
  const failure = failureOf(error)
  if (failure === null) throw error
  return { code: failure.code, message: sentence(failure) }
}
