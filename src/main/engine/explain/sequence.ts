import { targetIndex, tokenId } from '../../../shared/values/brand.ts'
import type { Target, TextToken } from '../../../shared/explanation/record.ts'
import type { TargetSelection } from '../../../shared/explanation/parameters.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { LoadedModel } from '../model/model.ts'
import type { Baseline, WatchedToken } from './pass-runner.ts'

/** Everything the decoder reads when the last completion token is predicted: picture, prompt, completion without its last token. */
export interface Sequence {
  /** Embeddings that enter the first layer, `[length, hidden]`. */
  readonly embeddings: Float32Array
  readonly length: number
  /** Positions of the picture at the front. */
  readonly imagePositions: number
  readonly prompt: readonly TextToken[]
  readonly completion: readonly TextToken[]
}

/** Joins picture, prompt and completion to the sequence whose parts are suppressed. */
export async function joinSequence(
  model: LoadedModel,
  image: EmbeddedImage | null,
  prompt: readonly TextToken[],
  completion: readonly TextToken[],
): Promise<Sequence> {
  const text = await model.embedTokens([...prompt, ...completion.slice(0, -1)].map(({ id }) => id))
  const embeddings = joined(image?.embeddings ?? new Float32Array(0), text)
  const imagePositions = image?.keyValues.positions ?? 0
  return { embeddings, length: imagePositions + prompt.length + completion.length - 1, imagePositions, prompt, completion }
}

/** A token to be explained and where the model predicts it. */
export interface SequenceTarget extends WatchedToken {
  readonly segment: 'prompt' | 'completion'
  /** Zero-based place in its segment. */
  readonly index: number
  readonly text: string
}

/**
 * The tokens to be explained, in the order of the sequence. Prompt tokens cost no further pass: the same passes score every position. A token with
 * nothing before it (the first of a text without a picture) is predicted nowhere and left out.
 */
export function sequenceTargets(sequence: Sequence, selection: TargetSelection, only: number | null): SequenceTarget[] {
  const { prompt, completion, imagePositions } = sequence
  const listed = (segment: SequenceTarget['segment'], tokens: readonly TextToken[], first: number): SequenceTarget[] =>
    tokens.map(({ id, text }, index) => ({ segment, index, id, text, at: first + index - 1 }))
  const written = listed('completion', completion, imagePositions + prompt.length).filter(
    ({ index }) => only === null || index === only,
  )
  const asked = selection === 'all' ? listed('prompt', prompt, imagePositions) : []
  return [...asked, ...written].filter(({ at }) => at >= 0)
}

/** The columns of the relevance matrix: the watched tokens with what the unchanged run says of them. */
export function targetsOf(watched: readonly SequenceTarget[], { candidates, logprobs }: Baseline): Target[] {
  const width = logprobs.length / Math.max(1, watched.length)
  return watched.map(({ segment, index, id, text }, column) => ({
    column: targetIndex(column),
    index,
    segment,
    id: tokenId(id),
    text,
    logprob: logprobs[column * width] ?? Number.NaN,
    candidates: candidates[column] ?? [],
  }))
}

/** One list of embeddings after the other. */
export function joined(...parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
