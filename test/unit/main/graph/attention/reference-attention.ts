import type { Variant } from '../../../../../src/shared/explanation/parameters.ts'

/** One head of one row: what a query at each place makes of keys and values. */
export interface Head {
  /** `[new][size]`. */
  readonly queries: readonly (readonly number[])[]
  /** `[keys][size]`, past and new. */
  readonly keys: readonly (readonly number[])[]
  /** `[keys][size]`. */
  readonly values: readonly (readonly number[])[]
  /** `[keys]`. */
  readonly factors: readonly number[]
  /** Squashes the scores; 0 leaves them. */
  readonly softcap?: number
  /** A score of a key without value. */
  readonly sink?: number
}

/** Causal attention with the scores changed as the method says (section 2), in double precision and word for word. `[new][size]`. */
export function referenceAttention(head: Head, variant: Variant): number[][] {
  const past = head.keys.length - head.queries.length
  return head.queries.map((query, place) => {
    const visible = head.keys.slice(0, past + place + 1)
    const scores = visible.map((key) => dot(query, key) / Math.sqrt(query.length))
    const changed = changeScores(scores, head.factors, variant).map((score) =>
      head.softcap ? head.softcap * Math.tanh(score / head.softcap) : score,
    )
    const weights = softmax(head.sink === undefined ? changed : [...changed, head.sink])
    return query.map((_, column) =>
      dot(
        weights.slice(0, visible.length),
        head.values.map((value) => value[column] ?? NaN),
      ),
    )
  })
}

function changeScores(scores: readonly number[], factors: readonly number[], variant: Variant): number[] {
  const least = Math.min(...scores)
  return scores.map((score, key) => {
    const factor = factors[key] ?? NaN
    switch (variant) {
      case 'shifted':
        return least + (score - least) * factor
      case 'plain':
        return score * factor
      case 'log':
        return score + Math.log(Math.max(factor, 1e-9))
      case 'mask':
        return factor < 1 ? score - 1000 : score
      default:
        throw new Error(`no variant ${String(variant)}`)
    }
  })
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? NaN), 0)
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const shares = scores.map((score) => Math.exp(score - top))
  const sum = shares.reduce((left, right) => left + right)
  return shares.map((share) => share / sum)
}
