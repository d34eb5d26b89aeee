import { assertNever } from '../../../shared/values/assert-never.ts'
import type { Variant } from '../../../shared/explanation/parameters.ts'
import { addedTensors } from '../added-tensors.ts'
import { FLOAT } from '../onnx/element-type.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'

/** Smallest factor whose logarithm is taken (paper Eq. 7 knows no 0). */
const smallestFactor = 1e-9
/** What `mask` takes from a score (method, section 2): finite, so that a query without a key left keeps a softmax. */
const maskedBy = -1000

/** What the factors do, in every layer. */
export interface Effect {
  /**
   * `[batch, 1, 1, keys]`, 0 where nothing is done: for `shifted` and `plain` the factor minus 1, for `log` and `mask` what is added
   * to the score.
   */
  readonly change: string
  /** A scalar: 1 where the layer is changed, 0 where it is left. */
  readonly switchOf: (layer: number) => string
  /** Element type of the scores, float or float16. */
  readonly elementType: number
}

/** Adds the inputs `atman_factors [batch, keys]` and `atman_layers [layers]` and what the variant makes of them for all layers. */
export function effectOf(graph: OnnxGraph, variant: Variant, elementType: number): Effect {
  return { change: inType(graph, changeOf(graph, variant), elementType), switchOf: switches(graph, elementType), elementType }
}

function changeOf(graph: OnnxGraph, variant: Variant): string {
  const input = graph.addInput(addedTensors.factors, FLOAT, ['batch', 'keys'])
  const factors = graph.add('Unsqueeze', [input, graph.integers([1, 2])])
  switch (variant) {
    case 'shifted':
    case 'plain':
      return graph.add('Sub', [factors, graph.float(1)])
    case 'log':
      return graph.add('Log', [graph.add('Max', [factors, graph.float(smallestFactor)])])
    case 'mask':
      return graph.add('Where', [graph.add('Less', [factors, graph.float(1)]), graph.float(maskedBy), graph.float(0)])
    default:
      return assertNever(variant)
  }
}

function switches(graph: OnnxGraph, elementType: number): (layer: number) => string {
  const input = inType(graph, graph.addInput(addedTensors.layers, FLOAT, [addedTensors.layers]), elementType)
  return (layer) => graph.add('Gather', [input, graph.integers([layer], [])])
}

function inType(graph: OnnxGraph, tensor: string, elementType: number): string {
  return elementType === FLOAT ? tensor : graph.add('Cast', [tensor], { attributes: { to: elementType } })
}

/** The change in one layer, `[batch, 1, 1, keys]`. */
export function changeIn(graph: OnnxGraph, layer: number, { change, switchOf }: Effect): string {
  return graph.add('Mul', [change, switchOf(layer)])
}

/** The factors in one layer, `[batch, 1, 1, keys]`, for variants whose change is the factor minus 1. */
export function factorsIn(graph: OnnxGraph, layer: number, effect: Effect): string {
  return graph.add('Add', [changeIn(graph, layer, effect), graph.number(1, effect.elementType)])
}
