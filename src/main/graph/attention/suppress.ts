import type { Variant } from '../../../shared/explanation/parameters.ts'
import type { AttentionSite } from './attention.ts'
import { changeIn, effectOf, factorsIn } from '../shapes/effect.ts'
import type { Effect } from '../shapes/effect.ts'
import type { OnnxGraph } from '../onnx/onnx-graph.ts'
import { shift } from '../head/shift.ts'

/** Adds the inputs `atman_factors [batch, keys]` and `atman_layers [layers]` and lets them change the scaled scores of every attention. */
export function suppress(graph: OnnxGraph, sites: readonly AttentionSite[], variant: Variant, elementType: number): void {
  const effect = effectOf(graph, variant, elementType)
  if (variant === 'shifted') shift(graph, sites, effect)
  else for (const site of sites) (variant === 'plain' ? scale : bias)(graph, site, effect)
}

/** `H·F`. */
function scale(graph: OnnxGraph, site: AttentionSite, effect: Effect): void {
  graph.rewire(site.reader, site.place, graph.add('Mul', [site.scores, factorsIn(graph, site.layer, effect)]))
}

/** Adds to the scores: to the mask where there is one, since that has no heads and is a fraction of their size. */
function bias(graph: OnnxGraph, site: AttentionSite, effect: Effect): void {
  const added = changeIn(graph, site.layer, effect)
  const mask = site.masks.find((candidate) => candidate.kind === 'added')
  if (mask === undefined || site.anchored) graph.rewire(site.reader, site.place, graph.add('Add', [site.scores, added]))
  else graph.rewire(mask.node, mask.place, graph.add('Add', [mask.tensor, added]))
}
