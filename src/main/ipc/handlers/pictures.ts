import type { ResponseOf } from '../../../shared/ipc/types.ts'
import type { PictureDesk } from '../../explain/picture-desk.ts'
import type { Questions } from '../../explain/questions.ts'
import { listSamples, readSample } from '../../explain/samples.ts'
import type { Handlers } from '../handlers-type.ts'
import { thawed } from '../thaw.ts'

/** What the questions about pictures are answered with. */
export interface PictureParts {
  readonly desk: PictureDesk
  readonly asked: Questions
  readonly samplesFolder: string
}

type Raster = ResponseOf<'picture.display'>
type PictureMethods = Extract<keyof Handlers, `picture.${string}` | `samples.${string}`>

/** Answers about pictures and samples. */
export function pictureHandlers({ desk, asked, samplesFolder }: PictureParts): Pick<Handlers, PictureMethods> {
  return {
    'picture.add': (source, { signal }) => desk.add(source, signal),
    'picture.display': async ({ sha256 }) => thawed<Raster>(await desk.show(sha256, 'display')),
    'picture.thumbnail': async ({ sha256 }) => thawed<Raster>(await desk.show(sha256, 'thumbnail')),
    'picture.seen': async ({ sha256 }, { signal }) => thawed<Raster>(await desk.seen(sha256, signal)),
    'picture.prepare': ({ sha256, suppression }, { signal }) => asked.prepare(sha256, suppression, signal),
    'samples.list': () => listSamples(samplesFolder),
    'samples.open': async ({ name }, { signal }) => desk.add(await readSample(samplesFolder, name), signal),
  }
}
