import { assertNever } from '../../shared/domain/assert-never.ts'
import type { Variant } from '../../shared/domain/parameters.ts'
import type { AttentionSite, Mask } from './attention.ts'
import { FLOAT } from './onnx-graph.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** Names of the inputs that an instrumented decoder has beside its own. */
export const factorInputs = { factors: 'atman_factors', layers: 'atman_layers' } as const

/** Added to the score of a hidden key before the minimum is taken: far above any score, and small enough for half precision. */
const lifted = 3e4
/** An additive mask below this hides a key; learnt and linear position biases stay above it. */
const hidden = -5000
/** Smallest factor whose logarithm is taken (paper Eq. 7 knows no 0). */
const smallestFactor = 1e-9
/** What `mask` takes from a score (method, section 2): finite, so that a query without a key left keeps a softmax. */
const maskedBy = -1000

/** Adds the inputs `atman_factors [batch, keys]` and `atman_layers [layers]` and lets them change the scaled scores of every attention. */
export function suppress(graph: OnnxGraph, sites: readonly AttentionSite[], variant: Variant, elementType: number): void {
  const rule = ruleOf(graph, variant, elementType)
  const lifts: Lifts = { elementType, made: new Map() }
  for (const site of sites) rule(site, lifts)
}

/** Lifts made so far, by mask. */
interface Lifts {
  readonly elementType: number
  readonly made: Map<string, string>
}

type Rule = (site: AttentionSite, lifts: Lifts) => void

function ruleOf(graph: OnnxGraph, variant: Variant, elementType: number): Rule {
  const effect = effectOf(graph, variant)
  const switches = graph.addInput(factorInputs.layers, FLOAT, ['atman_layers'])
  /** The variant's effect in one layer, `[batch, 1, 1, keys]`: its neutral value where the layer is switched off. */
  const inLayer = (layer: number, neutral: number): string => {
    const on = graph.add('Gather', [switches, graph.integers([layer], [])])
    const switched = graph.add('Mul', [effect, on])
    const float = neutral === 0 ? switched : graph.add('Add', [switched, graph.float(neutral)])
    return elementType === FLOAT ? float : graph.add('Cast', [float], { attributes: { to: elementType } })
  }
  switch (variant) {
    case 'shifted':
      return (site, lifts) => shift(graph, site, inLayer(site.layer, 1), lifts)
    case 'plain':
      return (site) => graph.rewire(site.reader, site.place, graph.add('Mul', [site.scores, inLayer(site.layer, 1)]))
    case 'log':
    case 'mask':
      return (site) => bias(graph, site, inLayer(site.layer, 0))
    default:
      return assertNever(variant)
  }
}

/** What a factor does, minus its neutral value, `[batch, 1, 1, keys]`: the factor itself, or the number that is added to the score. */
function effectOf(graph: OnnxGraph, variant: Variant): string {
  const input = graph.addInput(factorInputs.factors, FLOAT, ['batch', 'keys'])
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

/**
 * `m + (H - m)·F` with m the least score among the visible keys. A softmax ignores a constant, so m is only added back where
 * something comes between.
 */
function shift(graph: OnnxGraph, site: AttentionSite, factors: string, lifts: Lifts): void {
  const lifted = site.masks.reduce((scores, mask) => graph.add('Add', [scores, liftOf(graph, mask, lifts)]), site.scores)
  const least = reduceMin(graph, lifted)
  const scaled = graph.add('Mul', [graph.add('Sub', [site.scores, least]), factors])
  graph.rewire(site.reader, site.place, site.anchored ? graph.add('Add', [scaled, least]) : scaled)
}

function reduceMin(graph: OnnxGraph, scores: string): string {
  if (graph.opset < 18) return graph.add('ReduceMin', [scores], { attributes: { axes: [-1], keepdims: 1 } })
  return graph.add('ReduceMin', [scores, graph.integers([-1])], { attributes: { keepdims: 1 } })
}

/** What lifts the scores of hidden keys out of the minimum's way: made once for a mask, for it is usually shared by all layers. */
function liftOf(graph: OnnxGraph, mask: Mask, lifts: Lifts): string {
  const source = mask.kind === 'added' ? mask.tensor : `${mask.condition} ${mask.visibleWhen}`
  const known = lifts.made.get(source)
  if (known !== undefined) return known
  const [zero, high, threshold] = [0, lifted, hidden].map((value) => graph.number(value, lifts.elementType)) as [
    string,
    string,
    string,
  ]
  const lift =
    mask.kind === 'added'
      ? graph.add('Where', [graph.add('Less', [mask.tensor, threshold]), high, zero])
      : graph.add('Where', mask.visibleWhen ? [mask.condition, zero, high] : [mask.condition, high, zero])
  lifts.made.set(source, lift)
  return lift
}

/** Adds to the scores: to the mask where there is one, since that has no heads and is a fraction of their size. */
function bias(graph: OnnxGraph, site: AttentionSite, added: string): void {
  const mask = site.masks.find((candidate) => candidate.kind === 'added')
  if (mask === undefined || site.anchored) graph.rewire(site.reader, site.place, graph.add('Add', [site.scores, added]))
  else graph.rewire(mask.node, mask.place, graph.add('Add', [mask.tensor, added]))
}
