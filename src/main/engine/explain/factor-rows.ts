import { factorRows } from '../../../shared/atman/inputs.ts'
import { cosineSimilarity } from '../../../shared/atman/similarity.ts'
import type { Strength } from '../../../shared/atman/suppression.ts'
import { jointRow } from '../../../shared/atman/suppression.ts'
import type { Input } from '../../../shared/explanation/record.ts'
import type { Position } from '../../../shared/values/brand.ts'
import type { EmbeddedSequence } from '../sequence/embedded-sequence.ts'
import { joined } from '../sequence/joined.ts'

/** Factor rows of a sweep, `[count, sequence]`. */
export interface FactorRows {
  readonly count: number
  /** Length S of the sequence. */
  readonly sequence: number
  readonly factors: Float32Array
  /** Whether row i suppresses patch i, so that the image bank's rows are these. */
  readonly patchesFirst: boolean
}

/** One row for every input of a sequence (paper Eq. 6). */
export function inputRows(inputs: readonly Input[], sequence: EmbeddedSequence, suppression: Strength): FactorRows {
  const factors = factorRows(inputs, sequence.length, similarities(sequence, suppression), suppression)
  return { count: inputs.length, sequence: sequence.length, factors, patchesFirst: inputs[0]?.kind === 'patch' }
}

/** One row for every set of positions that is suppressed at once (method, "Joint suppression"). */
export function jointRows(
  parts: readonly (readonly Position[])[],
  sequence: EmbeddedSequence,
  suppression: Strength,
): FactorRows {
  const similarity = similarities(sequence, suppression)
  const rows = parts.map((members) => jointRow(members, sequence.length, similarity, suppression))
  return { count: parts.length, sequence: sequence.length, factors: joined(...rows), patchesFirst: false }
}

function similarities({ embeddings, length }: EmbeddedSequence, { threshold }: Strength): Float32Array | null {
  return threshold === null ? null : cosineSimilarity(embeddings, length, embeddings.length / length)
}
