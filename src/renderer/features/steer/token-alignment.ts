import { element } from '../../../shared/values/element.ts'

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
    } else if (lengthAt(lengths, i + 1, j) >= lengthAt(lengths, i, j + 1)) i++
    else j++
  }
  return kept
}

/** Length of the longest common subsequence of every pair of endings. */
function commonLengths(first: readonly number[], second: readonly number[]): number[][] {
  const lengths = Array.from({ length: first.length + 1 }, () => new Array<number>(second.length + 1).fill(0))
  for (let i = first.length - 1; i >= 0; i--) {
    for (let j = second.length - 1; j >= 0; j--) {
      element(lengths, i)[j] =
        first[i] === second[j]
          ? 1 + lengthAt(lengths, i + 1, j + 1)
          : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1))
    }
  }
  return lengths
}

function lengthAt(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return element(element(lengths, i), j)
}
