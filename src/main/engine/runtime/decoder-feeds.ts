import { element } from '../../../shared/values/element.ts'
import { addedTensors } from '../../graph/added-tensors.ts'
import type { InstrumentedDecoder } from '../../graph/instrument.ts'
import type { ForwardRequest } from './decoder.ts'
import type { KeyValues } from './key-values.ts'
import { floats, integers } from './session.ts'
import type { FloatTensor, Tensor } from './session.ts'

/** Positions after the run, past and new. */
export function keyCount(graph: InstrumentedDecoder, { past, embeddings }: ForwardRequest): number {
  return past.positions + embeddings.length / graph.hiddenSize
}

/** What the graph takes for a request. */
export function decoderFeeds(graph: InstrumentedDecoder, request: ForwardRequest): Record<string, Tensor> {
  const { batch, past, targets, ids } = request
  const keys = keyCount(graph, request)
  const fresh = keys - past.positions
  // All rows read the same: where the graph shares its first block, it takes that once.
  const rows = graph.sharedLayers > 0 ? 1 : batch
  return {
    [graph.inputs.embeddings]: floats(repeat(request.embeddings, rows), rows, fresh, graph.hiddenSize),
    [graph.inputs.attentionMask]: { kind: 'integer', shape: [rows, keys], data: new BigInt64Array(rows * keys).fill(1n) },
    ...positionFeed(graph, rows, past.positions, fresh),
    ...(graph.inputs.numLogitsToKeep === null ? {} : { [graph.inputs.numLogitsToKeep]: integers([0]) }),
    ...Object.fromEntries(graph.inputs.past.flatMap(({ key, value }, layer) => pastFeed(key, value, layer, past))),
    [addedTensors.factors]: floats(request.factors ?? new Float32Array(batch * keys).fill(1), batch, keys),
    [addedTensors.layers]: floats(layerSwitches(graph.layers, request.layers), graph.layers),
    [addedTensors.positions]: integers(targets, targets.length),
    [addedTensors.ids]: integers(ids.flat(), targets.length, element(ids, 0).length),
  }
}

function positionFeed(graph: InstrumentedDecoder, batch: number, first: number, fresh: number): Record<string, Tensor> {
  if (graph.inputs.positionIds === null) return {}
  const data = BigInt64Array.from({ length: batch * fresh }, (_, index) => BigInt(first + (index % fresh)))
  return { [graph.inputs.positionIds]: { kind: 'integer', shape: [batch, fresh], data } }
}

function pastFeed(key: string, value: string, layer: number, past: KeyValues): [string, FloatTensor][] {
  return [
    [key, element(past.tensors, 2 * layer)],
    [value, element(past.tensors, 2 * layer + 1)],
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
