import type { NodeProto } from 'onnx-buf'
import { element, valueAt } from '../../../shared/values/element.ts'
import type { DecoderContract } from '../contract.ts'
import { outputOf, requiredInputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { isStandard } from '../operators.ts'
import type { Dimension } from './dimension.ts'
import type { Shape } from './known.ts'
import type { Shapes } from './shapes.ts'

/**
 * Lets every Shape whose sizes are known by name read them off the graph's inputs instead of a tensor on the way. What only asks
 * for the size of a tensor then no longer needs the tensor whole, and the tensor may be narrowed.
 * @param whose `tensors` leaves alone what is read off an input already; `all` reads one size off one input everywhere
 */
export function takeShapesFromInputs(
  graph: OnnxGraph,
  shapes: Shapes,
  contract: DecoderContract,
  whose: 'tensors' | 'all' = 'tensors',
): void {
  const sources = sourcesOf(contract)
  const made = new Map<Dimension, string>()
  for (const node of [...graph.nodes]) {
    const isWanted = isStandard(node, 'Shape') && (whose === 'all' || graph.makerOf(requiredInputOf(node, 0)) !== undefined)
    const sizes = isWanted ? knownSizes(node, shapes, sources) : null
    if (sizes === null) continue
    graph.remove(node)
    const parts = sizes.map((size) => writeSize(graph, size, sources, made))
    graph.add('Concat', parts, { attributes: { axis: 0 }, outputs: node.output })
  }
}

/** Where a size stands: an input of the graph and an axis of it. */
type Sources = ReadonlyMap<Dimension, readonly [tensor: string, axis: number]>

function sourcesOf({ inputs }: DecoderContract): Sources {
  return new Map([
    ['batch', [inputs.embeddings, 0]],
    ['new', [inputs.embeddings, 1]],
    ['keys', [inputs.attentionMask, 1]],
    ['past', [element(inputs.past, 0).key, 2]],
  ])
}

/** What a Shape gives, where it can be written without its tensor; else `null`. */
function knownSizes(node: NodeProto, shapes: Shapes, sources: Sources): Shape | null {
  const values = shapes.valuesOf(outputOf(node))
  const isKnown = values !== null && values.length > 0
  return isKnown && values.every((size) => typeof size === 'number' || sources.has(size)) ? values : null
}

function writeSize(graph: OnnxGraph, size: Dimension, sources: Sources, made: Map<Dimension, string>): string {
  const known = made.get(size)
  if (known !== undefined) return known
  const written = typeof size === 'number' ? graph.integers([size]) : readSize(graph, valueAt(sources, size))
  made.set(size, written)
  return written
}

function readSize(graph: OnnxGraph, [tensor, axis]: readonly [tensor: string, axis: number]): string {
  return graph.add('Gather', [graph.add('Shape', [tensor]), graph.integers([axis])])
}
