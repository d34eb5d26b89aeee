/** Which tokens of two texts have a partner in the other one. */
export interface Difference {
  /** For each token of the first text, whether the second has it too. */
  readonly first: readonly boolean[]
  /** For each token of the second text, whether the first has it too. */
  readonly second: readonly boolean[]
}

/** Compares two token sequences by their longest common subsequence. */
export function difference(first: readonly number[], second: readonly number[]): Difference {
  const lengths = commonLengths(first, second)
  const kept = { first: first.map(() => false), second: second.map(() => false) }
  let [i, j] = [0, 0]
  while (i < first.length && j < second.length) {
    if (first[i] === second[j]) {
      kept.first[i++] = true
      kept.second[j++] = true
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) i++
    else j++
  }
  return kept
}

/** Length of the longest common subsequence of every pair of endings. */
function commonLengths(first: readonly number[], second: readonly number[]): number[][] {
  const lengths = Array.from({ length: first.length + 1 }, () => new Array<number>(second.length + 1).fill(0))
  for (let i = first.length - 1; i >= 0; i--) {
    for (let j = second.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row === undefined) continue
      row[j] = first[i] === second[j] ? 1 + (lengths[i + 1]?.[j + 1] ?? 0) : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}
