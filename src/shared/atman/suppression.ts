import type { Position } from '../values/brand.ts'
import { position } from '../values/brand.ts'
import { element } from '../values/element.ts'
import type { Suppression } from '../explanation/parameters.ts'

/** What a factor row is made from. */
export type Strength = Pick<Suppression, 'strength' | 'threshold'>

/** A position that is suppressed together with an input because their embeddings are alike. */
export interface Neighbour {
  readonly position: Position
  /** Cosine with the input, in [κ, 1]. */
  readonly cosine: number
  /** Its factor `1 - f·cos`. */
  readonly factor: number
}

/**
 * Factors over all keys when one input and its neighbours are suppressed (paper Eq. 6): `1 - f` for itself, `1 - f·cos` where `κ <= cos <= 1`,
 * 1 elsewhere. Taken literally, so with κ below 0 an opposite neighbour is amplified; the published code caps such factors at 1, which would
 * also undo the amplification of neighbours by a negative f. Both agree wherever `f·cos >= 0`.
 * @param input position of the input in the sequence
 * @param similarity cosine of the input with every position, length S
 * @returns length S
 */
export function suppressionRow(input: number, similarity: Float32Array, { strength, threshold }: Strength): Float32Array {
  const row = new Float32Array(similarity.length).fill(1)
  if (threshold !== null) {
    const least = Math.fround(threshold)
    similarity.forEach((cosine, key) => {
      if (cosine >= least) row[key] = 1 - strength * cosine
    })
  }
  row[input] = 1 - strength
  return row
}

/**
 * Factors over all keys when several positions are suppressed at once without neighbours: `1 - f` for each of them, 1 elsewhere. For words of several
 * tokens and chunks of a document in a sweep; the method does not extend these by neighbours.
 * @param members positions in the sequence
 * @param sequence length S of the sequence
 * @returns length S
 */
export function chunkRow(
  members: readonly number[],
  sequence: number,
  { strength }: Pick<Suppression, 'strength'>,
): Float32Array {
  const row = new Float32Array(sequence).fill(1)
  for (const member of members) row[member] = 1 - strength
  return row
}

/**
 * Factors over all keys when a set of positions is suppressed in one pass: at every key the factor of the member that changes it most, with the members'
 * neighbours as κ says (method, "Joint suppression"). That is the least factor, and for amplification (f below 0) the greatest. Of one member it is
 * {@link suppressionRow}; without neighbours it is {@link chunkRow}.
 * @param members positions in the sequence, in any order
 * @param sequence length S of the sequence
 * @param similarity cosines of all positions, `[S, S]`; not read, and may be `null`, when the neighbourhood is switched off
 * @returns length S
 */
export function jointRow(
  members: readonly number[],
  sequence: number,
  similarity: Float32Array | null,
  suppression: Strength,
): Float32Array {
  if (suppression.threshold === null) return chunkRow(members, sequence, suppression)
  const [first, ...others] = members.map((member) => memberRow(member, sequence, similarity, suppression))
  if (first === undefined) return new Float32Array(sequence).fill(1)
  const stronger = suppression.strength < 0 ? Math.max : Math.min
  return first.map((factor, key) => others.reduce((found, row) => stronger(found, element(row, key)), factor))
}

function memberRow(member: number, sequence: number, similarity: Float32Array | null, suppression: Strength): Float32Array {
  if (similarity?.length !== sequence ** 2) throw new Error(`the neighbourhood needs the cosines of all ${sequence} positions`)
  return suppressionRow(member, similarity.subarray(member * sequence, (member + 1) * sequence), suppression)
}

/**
 * Factors over all keys when one block of a coarse map is suppressed. A block is a chunk of patches, so it has its patches as members and no neighbours,
 * whatever κ is: neighbours of so many patches would soon be the whole picture.
 * @param block patches of the block, as `coarseBlocks` lists them
 * @param sequence length S of the sequence
 */
export function blockRow(
  block: { readonly members: readonly Position[] },
  sequence: number,
  suppression: Pick<Suppression, 'strength'>,
): Float32Array {
  return chunkRow(block.members, sequence, suppression)
}

/**
 * The positions suppressed with an input, the most alike first, the input itself left out; empty with the neighbourhood switched off.
 * @param input position of the input in the sequence
 * @param similarity cosine of the input with every position, length S
 */
export function neighbours(input: number, similarity: Float32Array, { strength, threshold }: Strength): Neighbour[] {
  if (threshold === null) return []
  const least = Math.fround(threshold)
  const found: Neighbour[] = []
  similarity.forEach((cosine, key) => {
    if (key !== input && cosine >= least)
      found.push({ position: position(key), cosine, factor: Math.fround(1 - strength * cosine) })
  })
  return found.sort((a, b) => b.cosine - a.cosine || a.position - b.position)
}

/** First position whose factor is not 1: everything before it stays as in the unchanged run. The row's length when nothing is changed. */
export function firstChanged(row: Float32Array): number {
  const first = row.findIndex((factor) => factor !== 1)
  return first < 0 ? row.length : first
}
