import type { DecoderContract } from '../contract.ts'
import type { Dimension } from './dimension.ts'
import type { OnnxGraph } from '../file/onnx-graph.ts'
import { isStandard } from '../file/protobuf.ts'
import type { Shapes } from './shapes.ts'

/**
 * Lets every Shape whose sizes are known by name read them off the graph's inputs instead of a tensor on the way. What only asks
 * for the size of a tensor then no longer needs the tensor whole, and the tensor may be narrowed.
 * @param whose `tensors` leaves alone what is read off an input already; `all` reads one size off one input everywhere
 */
export function takeShapesFromInputs(
  graph: OnnxGraph,
  shapes: Shapes,
  { inputs }: DecoderContract,
  whose: 'tensors' | 'all' = 'tensors',
): void {
  const sources = new Map<Dimension, readonly [string, number]>([
    ['batch', [inputs.embeddings, 0]],
    ['new', [inputs.embeddings, 1]],
    ['keys', [inputs.attentionMask, 1]],
    ['past', [inputs.past[0]?.key ?? '', 2]],
  ])
  const sizes = new Map<Dimension, string>()
  const sizeOf = (size: Dimension): string => {
    const [tensor, axis] = sources.get(size) ?? ['', 0]
    const made =
      sizes.get(size) ??
      (typeof size === 'number'
        ? graph.integers([size])
        : graph.add('Gather', [graph.add('Shape', [tensor]), graph.integers([axis])]))
    sizes.set(size, made)
    return made
  }
  for (const node of [...graph.nodes]) {
    if (!isStandard(node, 'Shape') || (whose === 'tensors' && graph.makerOf(node.input[0] ?? '') === undefined)) continue
    const values = shapes.valuesOf(node.output[0] ?? '')
    if (values === null || values.length === 0 || !values.every((size) => typeof size === 'number' || sources.has(size))) continue
    graph.remove(node)
    graph.add('Concat', values.map(sizeOf), { attributes: { axis: 0 }, outputs: node.output })
  }
}
