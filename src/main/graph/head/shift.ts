import type { AttentionSite } from '../attention/attention.ts'
import type { Mask } from '../attention/mask.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { reduceLastAxis } from '../onnx/reduce.ts'
import { factorsIn } from '../shapes/effect.ts'
import type { Effect } from '../shapes/effect.ts'

/** An additive mask below this hides a key; learnt and linear position biases stay above it. */
const hiding = -5000
/** Lifts a hidden key's score above all others. Small enough for half precision, and to stay finite where a query sees no key at all. */
const lift = 3e4

/**
 * `m + (H - m)·F` with m the least score among the visible keys. A softmax ignores a constant, so m is only added back where
 * something else than a mask comes between. Costs three passes over the scores and a minimum: a twelfth of a forward pass of the
 * embedded model. Folding minimum and mask into one pass by turning hidden scores over was tried and is no faster.
 */
export function shift(graph: OnnxGraph, sites: readonly AttentionSite[], effect: Effect): void {
  const lifts = new Map<string, string>()
  for (const site of sites) {
    const lifted = site.masks.reduce(
      (scores, mask) => graph.add('Add', [scores, liftOf(graph, mask, lifts, effect.elementType)]),
      site.scores,
    )
    const least = reduceLastAxis(graph, 'ReduceMin', lifted)
    const scaled = graph.add('Mul', [graph.add('Sub', [site.scores, least]), factorsIn(graph, site.layer, effect)])
    graph.rewire(site.reader, site.place, site.anchored ? graph.add('Add', [scaled, least]) : scaled)
  }
}

/** 0, and far above any score where the mask hides a key: made once for a mask, for it is usually shared by all layers. */
function liftOf(graph: OnnxGraph, mask: Mask, lifts: Map<string, string>, elementType: number): string {
  const source = mask.kind === 'added' ? mask.tensor : `${mask.condition} ${mask.visibleWhen}`
  const [zero, high] = [graph.number(0, elementType), graph.number(lift, elementType)]
  const made = lifts.get(source) ?? graph.add('Where', [visibleBy(graph, mask, elementType), zero, high])
  lifts.set(source, made)
  return made
}

function visibleBy(graph: OnnxGraph, mask: Mask, elementType: number): string {
  if (mask.kind === 'added') return graph.add('Greater', [mask.tensor, graph.number(hiding, elementType)])
  return mask.visibleWhen ? mask.condition : graph.add('Not', [mask.condition])
}
