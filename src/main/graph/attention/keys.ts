import { element } from '../../../shared/values/element.ts'
import { inputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { operatorOf } from '../operators.ts'

/** Keys are a few operators away from their past; looking further only costs time. */
const mostTensors = 256

/** The layer whose past keys the tensor is made of; `null` when there are none or several. */
export function layerOfKeys(graph: OnnxGraph, tensor: string, layerOf: ReadonlyMap<string, number>): number | null {
  const seen = new Set<string>()
  const open = [tensor]
  const layers = new Set<number>()
  for (let next = open.pop(); next !== undefined && seen.size < mostTensors; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const layer = layerOf.get(next)
    if (layer !== undefined) layers.add(layer)
    open.push(...sourcesOf(graph, next))
  }
  return layers.size === 1 ? element([...layers], 0) : null
}

/** What the numbers of keys come out of: every input of a join may hold the past; of the other operators only the first holds numbers of the keys. */
function sourcesOf(graph: OnnxGraph, tensor: string): readonly string[] {
  const maker = graph.makerOf(tensor)
  if (maker === undefined) return []
  const { keys } = operatorOf(maker)
  if (keys === undefined) return []
  return keys === 'joined' ? maker.input : [inputOf(maker, 0)]
}
