import type { InstrumentedDecoder } from '../../graph/instrument.ts'
import { addedTensors } from '../../graph/added-tensors.ts'
import { element, valueAt } from '../../../shared/values/element.ts'
import { decoderFeeds, keyCount } from './decoder-feeds.ts'
import type { FloatTensor, Session } from './session.ts'
import type { KeyValues, KeyValueShape } from './key-values.ts'

/** One run of the decoder over the new positions of a batch. */
export interface ForwardRequest {
  /** Embeddings of the new positions, the same for every row, `[new, hidden]`. */
  readonly embeddings: Float32Array
  readonly batch: number
  /** Keys and values of the positions before. */
  readonly past: KeyValues
  /** Factors over all keys, past and new, `[batch, keys]`; `null` changes nothing. */
  readonly factors: Float32Array | null
  /** Layers changed by the factors; `null` means all. */
  readonly layers: readonly number[] | null
  /** Places among the new positions whose next token is asked for. */
  readonly targets: readonly number[]
  /** Vocabulary entries asked for at each target, all lists of one length, `[targets, ids]`. */
  readonly ids: readonly (readonly number[])[]
  /** What is wanted; anything else stays inside the graph. */
  readonly want: { readonly logprobs?: boolean; readonly logits?: boolean; readonly keyValues?: boolean }
  /** Where keys and values are to be written; without it they get memory of their own. */
  readonly keyValuesInto?: KeyValues
}

/** What a run of the decoder gives; a field is there when it was wanted. */
export interface ForwardResult {
  /** Log-probabilities of the wanted ids, `[batch, targets, ids]`, in nats. */
  readonly logprobs: Float32Array | null
  /** Scores of the whole vocabulary at the targets, `[batch, targets, vocabulary]`. */
  readonly logits: FloatTensor | null
  /** Keys and values of all positions, past and new. */
  readonly keyValues: KeyValues | null
}

/** The instrumented decoder at work. */
export interface Decoder {
  readonly shape: KeyValueShape
  readonly hiddenSize: number
  /** Runs the new positions of a batch through all layers. */
  forward(request: ForwardRequest): Promise<ForwardResult>
  /** Frees its session. */
  release(): Promise<void>
}

/** Runs an instrumented decoder's session by typed requests. */
export function decoderOver(session: Session, graph: InstrumentedDecoder): Decoder {
  const present = graph.outputs.present.flatMap(({ key, value }) => [key, value])
  return {
    shape: { layers: graph.layers, heads: graph.keyValueHeads, headSize: graph.headSize, sharedLayers: graph.sharedLayers },
    hiddenSize: graph.hiddenSize,
    forward: async (request) => {
      const results = await session.run(decoderFeeds(graph, request), fetched(present, request), placesOf(present, request))
      return resultOf(new Map(Object.entries(results)), graph, request, present)
    },
    release: () => session.release(),
  }
}

function fetched(present: readonly string[], { want }: ForwardRequest): string[] {
  return [
    ...(want.logprobs === true ? [addedTensors.logprobs] : []),
    ...(want.logits === true ? [addedTensors.logits] : []),
    ...(want.keyValues === true ? present : []),
  ]
}

function placesOf(present: readonly string[], { keyValuesInto }: ForwardRequest): Record<string, FloatTensor> {
  if (keyValuesInto === undefined) return {}
  return Object.fromEntries(keyValuesInto.tensors.map((tensor, index) => [element(present, index), tensor]))
}

function resultOf(
  results: ReadonlyMap<string, FloatTensor>,
  graph: InstrumentedDecoder,
  request: ForwardRequest,
  present: readonly string[],
): ForwardResult {
  const { want, batch } = request
  const keyValues = (): KeyValues => {
    const tensors = present.map((name) => valueAt(results, name))
    return { positions: keyCount(graph, request), batch, tensors, sharedLayers: graph.sharedLayers }
  }
  return {
    logprobs: want.logprobs === true ? valueAt(results, addedTensors.logprobs).data : null,
    logits: want.logits === true ? valueAt(results, addedTensors.logits) : null,
    keyValues: want.keyValues === true ? keyValues() : null,
  }
}
