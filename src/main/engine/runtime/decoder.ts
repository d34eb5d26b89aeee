import type { InstrumentedDecoder } from '../../graph/instrument.ts'
import type { FloatTensor, Session, Tensor } from './session.ts'
import { floats, integers } from './session.ts'
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

/** Puts typed hands and names on an instrumented decoder's session. */
export function decoderOver(session: Session, graph: InstrumentedDecoder): Decoder {
  const present = graph.outputs.present.flatMap(({ key, value }) => [key, value])
  const shape = { layers: graph.layers, heads: graph.keyValueHeads, headSize: graph.headSize, sharedLayers: graph.sharedLayers }
  return {
    shape,
    hiddenSize: graph.hiddenSize,
    forward: async (request) => {
      const { want } = request
      const fetch = [
        ...(want.logprobs === true ? ['target_logprobs'] : []),
        ...(want.logits === true ? ['target_logits'] : []),
        ...(want.keyValues === true ? present : []),
      ]
      const places = request.keyValuesInto?.tensors ?? []
      const into = Object.fromEntries(places.map((tensor, index) => [present[index] ?? '', tensor]))
      const results = await session.run(feeds(graph, request), fetch, into)
      const tensors = want.keyValues === true ? present.map((name) => results[name] as FloatTensor) : null
      return {
        logprobs: results['target_logprobs']?.data ?? null,
        logits: results['target_logits'] ?? null,
        keyValues: tensors && {
          positions: keyCount(graph, request),
          batch: request.batch,
          tensors,
          sharedLayers: graph.sharedLayers,
        },
      }
    },
    release: () => session.release(),
  }
}

function keyCount(graph: InstrumentedDecoder, { past, embeddings }: ForwardRequest): number {
  return past.positions + embeddings.length / graph.hiddenSize
}

function feeds(graph: InstrumentedDecoder, request: ForwardRequest): Record<string, Tensor> {
  const { batch, past, targets, ids } = request
  const fresh = request.embeddings.length / graph.hiddenSize
  const keys = past.positions + fresh
  // All rows read the same: where the graph shares its first block, it takes that once.
  const rows = graph.sharedLayers > 0 ? 1 : batch
  return {
    [graph.inputs.embeddings]: floats(repeat(request.embeddings, rows), rows, fresh, graph.hiddenSize),
    [graph.inputs.attentionMask]: { kind: 'integer', shape: [rows, keys], data: new BigInt64Array(rows * keys).fill(1n) },
    ...positionFeed(graph, rows, past.positions, fresh),
    ...(graph.inputs.numLogitsToKeep === null ? {} : { [graph.inputs.numLogitsToKeep]: integers([0]) }),
    ...Object.fromEntries(graph.inputs.past.flatMap(({ key, value }, layer) => pastFeed(key, value, layer, past))),
    atman_factors: floats(request.factors ?? new Float32Array(batch * keys).fill(1), batch, keys),
    atman_layers: floats(layerSwitches(graph.layers, request.layers), graph.layers),
    target_positions: integers(targets, targets.length),
    target_ids: integers(ids.flat(), targets.length, ids[0]?.length ?? 1),
  }
}

function positionFeed(graph: InstrumentedDecoder, batch: number, first: number, fresh: number): Record<string, Tensor> {
  if (graph.inputs.positionIds === null) return {}
  const one = Array.from({ length: fresh }, (_, index) => BigInt(first + index))
  const data = BigInt64Array.from({ length: batch * fresh }, (_, index) => one[index % fresh] ?? 0n)
  return { [graph.inputs.positionIds]: { kind: 'integer', shape: [batch, fresh], data } }
}

function pastFeed(key: string, value: string, layer: number, past: KeyValues): [string, FloatTensor][] {
  return [
    [key, past.tensors[2 * layer] as FloatTensor],
    [value, past.tensors[2 * layer + 1] as FloatTensor],
  ]
}

function layerSwitches(layers: number, chosen: readonly number[] | null): Float32Array {
  if (chosen === null) return new Float32Array(layers).fill(1)
  return Float32Array.from({ length: layers }, (_, layer) => (chosen.includes(layer) ? 1 : 0))
}

function repeat(row: Float32Array, times: number): Float32Array {
  if (times === 1) return row
  const rows = new Float32Array(row.length * times)
  for (let copy = 0; copy < times; copy++) rows.set(row, copy * row.length)
  return rows
}
