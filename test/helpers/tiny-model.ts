import { logProbability } from '../../src/shared/atman/log-softmax.ts'
import type { BatchLimits } from '../../src/shared/atman/sweep-plan.ts'
import type { ModelInfo } from '../../src/shared/explanation/model/model-info.ts'
import type { Variant } from '../../src/shared/explanation/parameters.ts'
import type { PatchGrid, TextToken } from '../../src/shared/explanation/record.ts'
import { tokenId } from '../../src/shared/values/brand.ts'
import { element } from '../../src/shared/values/element.ts'
import { seededRandom } from '../../src/shared/values/seeded-random.ts'
import type { LoadedModel } from '../../src/main/engine/model/model.ts'
import type { EmbeddedImage } from '../../src/main/engine/picture/embed-image.ts'
import { embeddedImage } from '../../src/main/engine/picture/embed-image.ts'
import type { EmbeddedPictures } from '../../src/main/engine/picture/embedded-pictures.ts'
import type { Decoder, ForwardRequest, ForwardResult } from '../../src/main/engine/runtime/decoder.ts'
import type { KeyValues } from '../../src/main/engine/runtime/key-values.ts'
import { blankKeyValues } from '../../src/main/engine/runtime/key-values.ts'
import { floats } from '../../src/main/engine/runtime/session.ts'
import type { Tokenizer } from '../../src/main/engine/text/tokenizer.ts'
import { unknownPicture } from './test-model.ts'

/** Everything the tiny model can say; the first word ends a completion. */
export const vocabulary = ['<stop>', 'see', ' a', ' cat', ' dog', ' red', ' and', '.'] as const
const hidden = 4
const layers = 2
/** The tiny model's picture: six cells. */
export const tinyGrid: PatchGrid = { rows: 2, columns: 3, start: 0 }

/** A model written out in a few lines, with everything a sweep uses: two causal layers, keys and values, factors on the scores, layers switched. */
export interface TinyModel extends LoadedModel {
  /** What its decoders were asked to run, in order. */
  readonly runs: readonly (ForwardRequest & { readonly variant: Variant })[]
}

/** How a tiny model may differ. */
export interface TinyOptions {
  readonly limits?: Partial<BatchLimits>
  readonly maxPositions?: number
  readonly sha256?: string
  readonly grid?: PatchGrid
  /** Changes the scores of the vocabulary at a position. */
  readonly bend?: (scores: Float32Array, position: number) => Float32Array
}

/** Makes one; its numbers depend on the options alone. */
export function tinyModel(options: TinyOptions = {}): TinyModel {
  const random = seededRandom(7)
  const table = Float32Array.from({ length: vocabulary.length * hidden }, () => 2 * random() - 1)
  const runs: (ForwardRequest & { readonly variant: Variant })[] = []
  const bend = options.bend ?? ((scores: Float32Array) => scores)
  return {
    runs,
    info: tinyInfo(options),
    provider: 'cpu',
    tokenizer: tinyTokenizer(),
    stopTokens: new Set([0]),
    imageToken: null,
    limits: { rows: 3, positions: 1000, overhead: 1, ...options.limits },
    loadMs: 12,
    embedTokens: async (ids) => Float32Array.from(ids.flatMap((id) => [...table.subarray(id * hidden, (id + 1) * hidden)])),
    forPicture: () => ({ grid: options.grid ?? tinyGrid }) as ReturnType<LoadedModel['forPicture']>,
    decoder: async (variant): Promise<Decoder> => ({
      shape: { layers, heads: 1, headSize: hidden, sharedLayers: 0 },
      hiddenSize: hidden,
      forward: async (request) => {
        runs.push({ ...request, variant })
        return forward(request, variant, table, bend)
      },
      release: async () => {},
    }),
    release: async () => {},
  }
}

function tinyInfo({ sha256 = 'model', maxPositions = 32 }: TinyOptions): ModelInfo {
  return {
    name: 'tiny',
    sha256,
    family: 'magma',
    precision: 'f32',
    grid: { rows: 2, columns: 3 },
    imageSize: 6,
    layers,
    heads: 1,
    keyValueHeads: 1,
    headSize: hidden,
    hiddenSize: hidden,
    vocabularySize: vocabulary.length,
    maxPositions,
    knows: null,
  }
}

/** Embeddings of a picture: the first and the last cell are alike, the others are not. */
export async function tinyPicture(model: LoadedModel, name = 'picture'): Promise<EmbeddedImage> {
  const random = seededRandom(name.length)
  const { grid } = model.forPicture()
  const cells = Float32Array.from({ length: grid.rows * grid.columns * hidden }, () => 2 * random() - 1)
  cells.copyWithin(cells.length - hidden, 0, hidden)
  return embeddedImage(model, cells, unknownPicture(name))
}

/** Pictures of which every one is this one. */
export function only(image: EmbeddedImage | null): EmbeddedPictures {
  return { embed: async () => image ?? Promise.reject(new Error('there is no picture')), find: () => image }
}

function tinyTokenizer(): Tokenizer {
  const encode = (text: string): TextToken[] => {
    const tokens: TextToken[] = []
    for (let start = 0; start < text.length;) {
      const [word] = vocabulary.filter((each) => text.startsWith(each, start)).sort((one, other) => other.length - one.length)
      const id = vocabulary.findIndex((each) => each === word)
      if (id < 0) throw new Error(`the tiny model cannot spell "${text.slice(start)}"`)
      const end = start + element(vocabulary, id).length
      tokens.push({ id: tokenId(id), text: element(vocabulary, id), span: { start, end } })
      start = end
    }
    return tokens
  }
  const decode = (ids: readonly number[]): string => ids.map((id) => element(vocabulary, id)).join('')
  return {
    encode,
    encodePrompt: encode,
    decode,
    decodeTokens: (ids) => encode(decode(ids)),
    tokenText: (id) => element(vocabulary, id),
    vocabularySize: vocabulary.length,
    specialIds: new Set([0]),
  }
}

type Bend = NonNullable<TinyOptions['bend']>

function forward(request: ForwardRequest, variant: Variant, table: Float32Array, bend: Bend): ForwardResult {
  const { batch, past, embeddings, targets, ids, want } = request
  const fresh = embeddings.length / hidden
  const shape = { layers, heads: 1, headSize: hidden, sharedLayers: 0 }
  const keyValues = request.keyValuesInto ?? blankKeyValues(shape, batch, past.positions + fresh)
  const scores = Array.from({ length: batch }, (_, row) => {
    const last = runRow(request, variant, keyValues, row)
    return targets.map((target) => {
      const raw = Float32Array.from(vocabulary, (_, word) =>
        sumOf((part) => 4 * element(table, word * hidden + part) * element(last, target * hidden + part)),
      )
      return bend(raw, past.positions + target)
    })
  })
  const all = scores.flat()
  const logprobs = all.flatMap((row, place) =>
    element(ids, place % targets.length).map((id) => logProbability(row)(element(row, id))),
  )
  return {
    logprobs: want.logprobs === true ? Float32Array.from(logprobs) : null,
    logits:
      want.logits === true
        ? floats(Float32Array.from(all.flatMap((row) => [...row])), batch, targets.length, vocabulary.length)
        : null,
    keyValues: want.keyValues === true ? keyValues : null,
  }
}

/** One row through both layers; writes its keys and values and gives the last layer's outputs, `[fresh, hidden]`. */
function runRow(request: ForwardRequest, variant: Variant, into: KeyValues, row: number): Float32Array {
  const { past, factors, layers: changed } = request
  const keys = into.positions
  let x: Float32Array = request.embeddings.slice()
  for (let layer = 0; layer < layers; layer++) {
    const [key, value] = [element(into.tensors, 2 * layer).data, element(into.tensors, 2 * layer + 1).data]
    const first = row * keys * hidden
    const before = past.positions * hidden
    key.set(element(past.tensors, 2 * layer).data.subarray(row * before, (row + 1) * before), first)
    value.set(element(past.tensors, 2 * layer + 1).data.subarray(row * before, (row + 1) * before), first)
    key.set(x, first + before)
    value.set(x.map(Math.tanh), first + before)
    const used = changed === null || changed.includes(layer) ? factors : null
    x = attend(x, past.positions, key.subarray(first), value.subarray(first), variant, (at) =>
      used === null ? 1 : element(used, row * keys + at),
    )
  }
  return x
}

function attend(
  x: Float32Array,
  start: number,
  keys: Float32Array,
  values: Float32Array,
  variant: Variant,
  factor: (at: number) => number,
): Float32Array {
  const out = x.slice()
  for (let place = 0; place < x.length / hidden; place++) {
    const visible = Array.from({ length: start + place + 1 }, (_, at) => at)
    const raw = visible.map((at) => sumOf((part) => 2 * element(x, place * hidden + part) * element(keys, at * hidden + part)))
    const least = Math.min(...raw)
    const scores = visible.map((at) => manipulated(variant, element(raw, at), factor(at), least))
    const weights = scores.map((score) => Math.exp(score - Math.max(...scores)))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    for (let part = 0; part < hidden; part++) {
      const mixed = visible.reduce((sum, at) => sum + (element(weights, at) / total) * element(values, at * hidden + part), 0)
      out[place * hidden + part] = Math.tanh(element(x, place * hidden + part) + mixed)
    }
  }
  return out
}

function sumOf(term: (part: number) => number): number {
  return [0, 1, 2, 3].reduce((sum, part) => sum + term(part), 0)
}

/** Paper Eq. 4 and 7, as in the method's table. */
function manipulated(variant: Variant, score: number, factor: number, least: number): number {
  switch (variant) {
    case 'shifted':
      return least + (score - least) * factor
    case 'plain':
      return score * factor
    case 'log':
      return score + Math.log(Math.max(factor, 1e-9))
    case 'mask':
      return factor < 1 ? score - 1000 : score
  }
}
