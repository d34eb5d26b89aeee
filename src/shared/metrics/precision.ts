import type { CharacterSpan, TextToken } from '../explanation/record.ts'
import { element } from '../values/element.ts'

/**
 * Share of a patch that must lie on the object for the pointing game to count it as a hit.
 */
const hitShare = 0.25

/**
 * How much of the relevance lies on the object: `ΣXY / ΣX` (paper A.11), in [0, 1]. A uniform map scores {@link coverage}. 0 for a map without relevance.
 * @param relevance X >= 0 per patch or token; take the supporting part or squares
 * @param mask Y in [0, 1], the object's share of each
 */
export function averagePrecision(relevance: Float32Array, mask: Float32Array): number {
  const all = sum(relevance)
  return all > 0 ? productSum(relevance, mask) / all : 0
}

/**
 * How much of the object is found: `Σ(X / max X) Y / ΣY` (paper A.11), in [0, 1]. A uniform map scores 1. 0 for a map without relevance, NaN without an
 * object.
 * @param relevance X >= 0 per patch or token
 * @param mask Y in [0, 1], the object's share of each
 */
export function averageRecall(relevance: Float32Array, mask: Float32Array): number {
  const most = relevance.reduce((a, b) => Math.max(a, b), 0)
  return productSum(relevance, mask) / (most > 0 ? most : 1) / sum(mask)
}

/** Share of the picture or text that the object takes: mean Y, the precision of a uniform map. */
export function coverage(mask: Float32Array): number {
  return sum(mask) / mask.length
}

/** How many times more precise than a uniform map: precision over coverage; NaN without an object. */
export function lift(relevance: Float32Array, mask: Float32Array): number {
  return averagePrecision(relevance, mask) / coverage(mask)
}

/** Pointing game: whether the most relevant patch, the first of equals, lies on the object with more than a quarter of its area. */
export function pointsAt(relevance: Float32Array, mask: Float32Array): boolean {
  const most = relevance.reduce((best, value, place) => (value > element(relevance, best) ? place : best), 0)
  return element(mask, most) > hitShare
}

/** Mask of the tokens that touch one of the marked spans: 1 for those, else 0. With it, precision and recall are those of text. */
export function spanMask(tokens: readonly TextToken[], spans: readonly CharacterSpan[]): Float32Array {
  return Float32Array.from(tokens, ({ span }) => (spans.some(({ start, end }) => span.start < end && start < span.end) ? 1 : 0))
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function productSum(first: Float32Array, second: Float32Array): number {
  return first.reduce((total, value, place) => total + value * element(second, place), 0)
}
