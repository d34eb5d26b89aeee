import type { TextToken } from '../../../shared/explanation/record.ts'
import type { Sequence, SequenceSegment } from '../../../shared/sequence/sequence.ts'
import { readPositions, sequenceOf } from '../../../shared/sequence/sequence.ts'
import { assertNever } from '../../../shared/values/assert-never.ts'
import { present } from '../../../shared/values/element.ts'
import type { LoadedModel } from '../model/model.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import { joined } from './joined.ts'

/** A sequence with the embeddings of everything the decoder reads. */
export interface EmbeddedSequence extends Sequence {
  /** Embeddings that enter the first layer, `[length, hidden]`. */
  readonly embeddings: Float32Array
}

/** What of a picture is part of a sequence. */
type SequencePicture = Pick<EmbeddedImage, 'grid' | 'embeddings'>

/** The sequence of a picture, a prompt and a completion with its embeddings, segment by segment. */
export async function embedSequence(
  model: Pick<LoadedModel, 'embedTokens'>,
  image: SequencePicture | null,
  prompt: readonly TextToken[],
  completion: readonly TextToken[],
): Promise<EmbeddedSequence> {
  const sequence = sequenceOf({ grid: image === null ? null : image.grid, prompt, completion })
  const parts = await Promise.all(sequence.segments.map((segment) => embedSegment(model, image, sequence, segment)))
  return { ...sequence, embeddings: joined(...parts) }
}

async function embedSegment(
  model: Pick<LoadedModel, 'embedTokens'>,
  image: SequencePicture | null,
  sequence: Sequence,
  segment: SequenceSegment,
): Promise<Float32Array> {
  switch (segment.kind) {
    case 'picture':
      return present(image, 'the picture of the sequence').embeddings
    case 'text': {
      const read = segment.tokens.slice(0, readPositions(sequence, segment).length)
      return read.length === 0 ? new Float32Array(0) : model.embedTokens(read.map(({ id }) => id))
    }
    default:
      return assertNever(segment)
  }
}
