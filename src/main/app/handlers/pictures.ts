import type { PictureService } from '../pictures/picture-service.ts'
import type { Questions } from '../explain/questions.ts'
import { listSamples, readSample } from '../pictures/samples.ts'
import type { Handlers } from '../handlers.ts'

/** What the questions about pictures are answered with. */
export interface PictureParts {
  readonly pictureService: PictureService
  readonly asked: Questions
  readonly samplesFolder: string
}

type PictureMethods = Extract<keyof Handlers, `picture.${string}` | `samples.${string}`>

/** Answers about pictures and samples. */
export function pictureHandlers({ pictureService, asked, samplesFolder }: PictureParts): Pick<Handlers, PictureMethods> {
  return {
    'picture.add': (source, { signal }) => pictureService.add(source, signal),
    'picture.display': async ({ sha256 }) => pictureService.show(sha256, 'display'),
    'picture.thumbnail': async ({ sha256 }) => pictureService.show(sha256, 'thumbnail'),
    'picture.seen': async ({ sha256 }, { signal }) => pictureService.renderModelInput(sha256, signal),
    'picture.prepare': ({ sha256, suppression }, { signal }) => asked.prepare(sha256, suppression, signal),
    'samples.list': () => listSamples(samplesFolder),
    'samples.open': async ({ name }, { signal }) => pictureService.add(await readSample(samplesFolder, name), signal),
  }
}
