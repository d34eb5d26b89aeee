import type { NodeProto } from 'onnx-buf'
import { element, lastElement } from '../../../shared/values/element.ts'
import { inputOf, outputOf } from '../onnx/node.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { isContributed, isStandard, operatorOf } from '../operators.ts'

/** A step from the softmax down towards the product of queries and keys. */
export interface ScoreStep {
  readonly node: NodeProto
  /** Through which input the scores come. */
  readonly place: number
}

/** Scores are a few steps away from their softmax; looking further only costs time. */
const mostSteps = 16

/** The steps from a softmax (the first) down to the node that reads the product (the last); `null` when they do not lead there. */
export function stepsDown(graph: OnnxGraph, softmax: NodeProto, scored: ReadonlySet<string>): ScoreStep[] | null {
  const steps: ScoreStep[] = [{ node: softmax, place: 0 }]
  while (steps.length < mostSteps) {
    const maker = makerBelow(graph, lastElement(steps))
    if (isProduct(maker)) return steps
    const place = maker === undefined ? null : scorePlace(maker, scored)
    if (maker === undefined || place === null) return null
    steps.push({ node: maker, place })
  }
  return null
}

/** The product of queries and keys that {@link stepsDown} led to. */
export function productBelow(graph: OnnxGraph, steps: readonly ScoreStep[]): NodeProto | undefined {
  return makerBelow(graph, lastElement(steps))
}

function makerBelow(graph: OnnxGraph, { node, place }: ScoreStep): NodeProto | undefined {
  return graph.makerOf(inputOf(node, place))
}

function isProduct(node: NodeProto | undefined): boolean {
  return isStandard(node, 'MatMul') || isContributed(node, 'FusedMatMul')
}

function passesScores(node: NodeProto): boolean {
  return operatorOf(node).scores !== undefined
}

/** Through which input of an operator the scores come; `null` when it is none or several. */
function scorePlace(node: NodeProto, scored: ReadonlySet<string>): number | null {
  if (!passesScores(node)) return null
  const places = node.input.flatMap((tensor, place) => (scored.has(tensor) ? [place] : []))
  return places.length === 1 ? element(places, 0) : null
}

/** Tensors that may be scores: products, and what scaling, masks and soft caps make of them. */
export function scoreTensors(graph: OnnxGraph): Set<string> {
  const scored = new Set<string>()
  for (const node of graph.sorted()) {
    const carries = passesScores(node) && node.input.some((input) => scored.has(input))
    if (isProduct(node) || carries) scored.add(outputOf(node))
  }
  return scored
}

/** The last step that masks or squashes, the softmax where there is none: below it the scores are still H. */
export function lastChangeIn(steps: readonly ScoreStep[]): ScoreStep {
  const last = steps.findLastIndex(({ node }) => operatorOf(node).scores !== 'scaled')
  const below = steps[last + 1]
  // A soft cap is cap * tanh(H / cap): the division belongs to it.
  const isCap = isStandard(element(steps, last).node, 'Tanh') && below !== undefined && isStandard(below.node, 'Div', 'Mul')
  return isCap ? below : element(steps, last)
}

/** Whether the scores are scaled once more between mask and softmax; what is added before would then not be on the scale of H. */
export function scaledAfter(steps: readonly ScoreStep[], lastChange: ScoreStep): boolean {
  return steps.slice(0, steps.indexOf(lastChange)).some(({ node }, index) => {
    const besideTanh = isStandard(steps[index + 1]?.node, 'Tanh') || isStandard(steps[index - 1]?.node, 'Tanh')
    return isStandard(node, 'Mul', 'Div') && !besideTanh
  })
}
