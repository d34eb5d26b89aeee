import type { RequestOf } from '../../shared/contract/types.ts'

/** A file as `picture.add` takes it. A pasted picture has no name of its own. */
export async function pictureOfFile(file: File): Promise<RequestOf<'picture.add'>> {
  return { name: (file.name === '' ? 'picture' : file.name).slice(0, 1000), bytes: new Uint8Array(await file.arrayBuffer()) }
}
