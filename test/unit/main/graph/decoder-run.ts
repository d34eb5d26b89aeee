import { join } from 'node:path'
import { openSession } from '../../../../src/main/engine/runtime/session.ts'
import type { FloatTensor, Session, Tensor } from '../../../../src/main/engine/runtime/session.ts'
import type { Rewrite, DecoderDescription } from '../../../../src/main/graph/rewrite.ts'

const root = join(import.meta.dirname, '../../../..')
const fixture = (name: string): string => join(root, 'test/fixtures/decoders', `tiny_${name}.onnx`)

/** A decoder that is rewritten in the tests, and a graph of the same numbers that ONNX Runtime runs as it is. */
export interface TestDecoder {
  readonly name: string
  readonly file: string
  readonly original: string
}

/** The embedded model. */
export const embedded: TestDecoder = {
  name: 'the embedded model',
  file: join(root, 'models/whence-scenes/onnx/decoder_model_merged.onnx'),
  original: join(root, 'models/whence-scenes/onnx/decoder_model_merged.onnx'),
}

/** Every way of writing attention that an exporter has been seen to choose. The merged one holds the eager GPT-J twice. */
export const decoders: readonly TestDecoder[] = [
  embedded,
  ...['gptj_eager', 'gptj_merged_if', 'llama_eager', 'llama_sdpa', 'llama_sdpa_op23'].map((name) => ({
    name,
    file: fixture(name),
    original: fixture(name === 'gptj_merged_if' ? 'gptj_eager' : name),
  })),
]

/** Numbers in [-1, 1), the same for the same seed. */
export function randomFloats(length: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

/** What a decoder is asked: `past` positions are already there, `fresh` ones are new. */
export interface Question {
  readonly batch: number
  readonly past: number
  readonly fresh: number
  /** Which random embeddings, keys and values the first row gets; rows differ, and row 1 here is row 0 of seed + 1. */
  readonly seed?: number
  /** `[batch, keys]`; all visible by default. */
  readonly mask?: readonly number[]
  /** Applied to the feeds last. */
  readonly change?: (feeds: Record<string, Tensor>) => Record<string, Tensor>
}

/** What an instrumented decoder is asked beside that; by default nothing is changed and every new position is a target. */
export interface Suppressed extends Question {
  readonly factors?: Float32Array
  readonly layers?: readonly number[]
  readonly targets?: readonly number[]
  readonly ids?: readonly number[]
}

/** Feeds of the original inputs. Rows of a batch differ. */
export function originalFeeds(decoder: DecoderDescription, question: Question): Record<string, Tensor> {
  const { batch, past, fresh, seed = 1, mask } = question
  const { inputs, hiddenSize, keyValueHeads, headSize } = decoder
  const keys = past + fresh
  const cache = [batch, keyValueHeads, past, headSize]
  const rows = (length: number, salt: number): Float32Array =>
    Float32Array.from(Array.from({ length: batch }, (_, row) => [...randomFloats(length, 1000 * salt + seed + row)]).flat())
  const cached = (salt: number): FloatTensor => float(rows(keyValueHeads * past * headSize, salt), ...cache)
  const positions = Array.from({ length: batch * fresh }, (_, index) => past + (index % fresh))
  const feeds = {
    [inputs.embeddings]: float(rows(fresh * hiddenSize, 0), batch, fresh, hiddenSize),
    [inputs.attentionMask]: integer(mask ?? Array<number>(batch * keys).fill(1), batch, keys),
    ...(inputs.positionIds === null ? {} : { [inputs.positionIds]: integer(positions, batch, fresh) }),
    ...Object.fromEntries(
      inputs.past.flatMap(({ key, value }, layer) => [
        [key, cached(2 * layer + 1)],
        [value, cached(2 * layer + 2)],
      ]),
    ),
  }
  return question.change?.(feeds) ?? feeds
}

/** Answers of an instrumented decoder. */
export interface Answer {
  readonly logits: FloatTensor
  readonly logprobs: FloatTensor
  readonly present: readonly FloatTensor[]
}

/** Asks an instrumented decoder. */
export async function ask(session: Session, decoder: DecoderDescription, question: Suppressed): Promise<Answer> {
  const { batch, past, fresh } = question
  const keys = past + fresh
  const targets = question.targets ?? Array.from({ length: fresh }, (_, index) => index)
  const ids = question.ids ?? targets.flatMap((target) => [target, 7])
  const present = decoder.outputs.present.flatMap(({ key, value }) => [key, value])
  const feeds = {
    ...originalFeeds(decoder, question),
    atman_factors: float(question.factors ?? new Float32Array(batch * keys).fill(1), batch, keys),
    atman_layers: float(Float32Array.from(question.layers ?? Array<number>(decoder.layers).fill(1)), decoder.layers),
    target_positions: integer(targets, targets.length),
    target_ids: integer(ids, targets.length, ids.length / targets.length),
  }
  const results = await session.run(feeds, ['target_logits', 'target_logprobs', ...present])
  return {
    logits: at(results, 'target_logits'),
    logprobs: at(results, 'target_logprobs'),
    present: present.map((name) => at(results, name)),
  }
}

/** Asks an original decoder: logits of all new positions, and what it keeps. */
export async function askOriginal(
  session: Session,
  decoder: DecoderDescription,
  question: Question,
): Promise<Omit<Answer, 'logprobs'>> {
  const present = decoder.outputs.present.flatMap(({ key, value }) => [key, value])
  const results = await session.run(originalFeeds(decoder, question), ['logits', ...present])
  return { logits: at(results, 'logits'), present: present.map((name) => at(results, name)) }
}

/** Opens a rewritten decoder whose weights lie beside the original, or in the bytes themselves. */
export function openRewrite({ bytes }: Pick<Rewrite, 'bytes'>, weightsFolder?: string): Promise<Session> {
  return openSession(bytes, { provider: 'cpu', foldingLimit: 2 ** 22, ...(weightsFolder === undefined ? {} : { weightsFolder }) })
}

/** Opens a model as it is. */
export function openAsIs(model: string | Uint8Array): Promise<Session> {
  return openSession(model, { provider: 'cpu', foldingLimit: 2 ** 22 })
}

/** Largest difference between two tensors of one shape, as a share of their largest value where that is above 1. */
export function distance(left: FloatTensor, right: FloatTensor): number {
  return absoluteDistance(left, right) / right.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
}

function absoluteDistance(left: FloatTensor, right: FloatTensor): number {
  if (left.shape.join() !== right.shape.join()) throw new Error(`shapes differ: ${left.shape.join()} and ${right.shape.join()}`)
  return left.data.reduce((most, value, index) => largest(most, Math.abs(value - (right.data[index] ?? NaN))), 0)
}

/** Largest difference between answers, over logits and what is kept. */
export function answerDistance(left: Omit<Answer, 'logprobs'>, right: Omit<Answer, 'logprobs'>): number {
  const kept = left.present.map((tensor, place) => distance(tensor, right.present[place] as FloatTensor))
  return [distance(left.logits, right.logits), ...kept].reduce(largest)
}

// Math.max would do, but for the sake of readers: not a number is the largest distance of all.
function largest(left: number, right: number): number {
  return Number.isNaN(left) || Number.isNaN(right) ? NaN : Math.max(left, right)
}

/** Rows `places` of the second axis of `[batch, rows, width]`. */
export function rowsOf({ shape: [batch = 0, rows = 0, width = 0], data }: FloatTensor, places: readonly number[]): FloatTensor {
  const picked = Array.from({ length: batch }, (_, row) =>
    places.map((place) => data.subarray((row * rows + place) * width, (row * rows + place + 1) * width)),
  )
  return float(Float32Array.from(picked.flat().flatMap((part) => [...part])), batch, places.length, width)
}

/** One row of a batch, as a batch of one. */
export function batchRow({ shape: [batch = 1, ...rest], data }: FloatTensor, row: number): FloatTensor {
  const length = data.length / batch
  return float(data.slice(row * length, (row + 1) * length), 1, ...rest)
}

/** A tensor of floats. */
export function float(data: Float32Array, ...shape: number[]): FloatTensor {
  return { kind: 'float', shape, data }
}

/** A tensor of integers. */
function integer(values: readonly number[], ...shape: number[]): Tensor {
  return { kind: 'integer', shape, data: BigInt64Array.from(values, BigInt) }
}

function at(results: Record<string, FloatTensor>, name: string): FloatTensor {
  const found = results[name]
  if (found === undefined) throw new Error(`no output ${name}`)
  return found
}
