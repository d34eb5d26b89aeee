import type { TextToken } from '../../../shared/explanation/record.ts'
import { patchCount } from '../../../shared/sequence/patch-grid.ts'
import { sequenceOf } from '../../../shared/sequence/sequence.ts'
import type { GenerateEvent, PictureSource } from '../engine.ts'
import type { LoadedModel } from '../model/model.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { EmbeddedPictures } from '../picture/embedded-pictures.ts'
import { readPrompt } from '../text/prompt.ts'

/** What a model goes on from: a picture, if there is one, and the tokens of the prompt. */
export interface Question {
  readonly image: EmbeddedImage | null
  readonly prompt: readonly TextToken[]
}

/** What a person gave to go on from. */
export interface GivenQuestion {
  readonly picture: PictureSource | null
  readonly prompt: string
}

/** Embeds the picture and cuts the prompt into tokens. Yields each as soon as it is there. */
export async function* readQuestion(
  model: LoadedModel,
  pictures: EmbeddedPictures,
  { picture, prompt: text }: GivenQuestion,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, Question> {
  const image = picture === null ? null : await pictures.embed(picture, signal)
  if (image !== null) yield { kind: 'image-ready', grid: image.grid, picture: image.provenance }
  const prompt = readPrompt(model, text, image === null ? 0 : patchCount(image.grid))
  yield { kind: 'prompt', tokens: prompt }
  return { image, prompt }
}

/** Positions of a question: where its completion begins. */
export function questionLength({ image, prompt }: Question): number {
  return sequenceOf({ grid: image === null ? null : image.grid, prompt, completion: [] }).length
}
