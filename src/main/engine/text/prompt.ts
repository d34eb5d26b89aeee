import type { TextToken } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { LoadedModel } from '../model/model.ts'

/** Cuts the prompt into tokens and checks that the model has room for them, the picture and one token more. */
export function readPrompt(model: LoadedModel, text: string, imagePositions: number): readonly TextToken[] {
  if (text.length === 0) fail('prompt-empty', {})
  const tokens = model.tokenizer.encodePrompt(text)
  const most = model.info.maxPositions - imagePositions - 1
  if (tokens.length > most) fail('prompt-too-long', { tokens: tokens.length, most, picture: imagePositions })
  const mark = tokens.find(({ id }) => id === model.imageToken)
  if (mark !== undefined) fail('prompt-image-token', { token: mark.text })
  return tokens
}

/** Cuts a text given by the person into the tokens to be explained: on its own, verbatim, as if the model had written it after the prompt. */
export function readTarget(model: LoadedModel, text: string, positionsBefore: number): readonly TextToken[] {
  if (text.length === 0) fail('target-empty', {})
  const tokens = model.tokenizer.encode(text)
  const most = model.info.maxPositions - positionsBefore
  if (tokens.length > most) fail('target-too-long', { tokens: tokens.length, most })
  return tokens
}

/** Checks that the model has the layers that are to be changed. */
export function readLayers({ info: { layers } }: LoadedModel, chosen: readonly number[] | null): void {
  const missing = chosen?.find((layer) => layer >= layers)
  if (missing !== undefined) fail('layer-out-of-range', { layer: missing, layers })
}
