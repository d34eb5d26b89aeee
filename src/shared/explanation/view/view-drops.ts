import { cellAt, tokenAt, tokenPosition } from '../../sequence/sequence.ts'
import { element, present } from '../../values/element.ts'
import type { Claim, Suppressed } from '../claim.ts'
import { single, together } from '../claim.ts'
import type { KnownExplanation } from '../known.ts'
import { sequenceOfKnown } from '../known.ts'
import { tokenLabel } from '../labels.ts'
import { samePart } from '../part.ts'
import type { Part, TargetRef } from '../question.ts'
import { normalise } from '../scale.ts'
import { dropsWords, partWords, withoutWords } from '../wording.ts'
import { targetLabels } from './subject.ts'

/** A token and how much it drops when a part of the input is suppressed. */
export interface Drop extends TargetRef {
  readonly label: string
  /** As the token is spelled. */
  readonly text: string
  /** Log-probability lost in the part's one pass, in nats. */
  readonly nats: number
}

/** A drop as it is drawn. */
export interface ViewDrop extends Drop {
  /** Share of full colour, in [-1, 1]. */
  readonly share: number
}

/** The reverse question before it has a scale. */
export interface DropNumbers {
  readonly part: Part
  /** "row 4, column 9". */
  readonly label: string
  /** "Without row 4, column 9". */
  readonly title: string
  /** How the drops were computed. */
  readonly words: string
  readonly suppressed: Suppressed
  /** Tokens that stand after the part, in the order of the text; `null` until the part's pass was run. */
  readonly drops: readonly Drop[] | null
}

/** The answer to the reverse question. */
export interface ViewDrops extends DropNumbers {
  readonly drops: readonly ViewDrop[] | null
}

/**
 * Which tokens drop when a part is suppressed, in the order of the text. An input of the record has its row already; any other set of positions needs one
 * joint pass. A token that stands before or in the part itself is left out: it was said before the part was read.
 */
export function dropNumbers(known: KnownExplanation, part: Part, claim: Claim): DropNumbers {
  const { values, suppressed } = passOf(known, part)
  const label = partLabel(known, part)
  const exact: Claim = { ...claim, exactness: { kind: 'exact' } }
  return {
    part,
    label,
    title: withoutWords(label),
    words: dropsWords(exact, suppressed),
    suppressed,
    drops: values === null ? null : dropsAfter(known, part, values),
  }
}

/** A part in words. */
export function partLabel(known: KnownExplanation, { kind, positions }: Part): string {
  const sequence = sequenceOfKnown(known)
  if (kind === 'text') return partWords([], tokenLabel(positions.map((at) => tokenAt(sequence, at)?.token.text).join('')))
  const cells = positions.map((at) => present(cellAt(sequence, at), `the cell at position ${at}`))
  return partWords(cells, null)
}

function passOf(
  { numbers, inputs, joint, suppression }: KnownExplanation,
  part: Part,
): { values: Float32Array | null; suppressed: Suppressed } {
  const row = inputs.find(({ members }) => samePart(part, { kind: part.kind, positions: members }))
  if (row !== undefined) {
    const suppressed = row.members.length > 1 ? together(row.members.length) : single(suppression)
    if (numbers.kind !== 'exact') return { values: null, suppressed }
    const { targets, values } = numbers.relevance
    return { values: values.subarray(row.index * targets, (row.index + 1) * targets), suppressed }
  }
  const pass = joint.find(({ members }) => samePart(part, { kind: part.kind, positions: members }))
  return {
    values: pass?.relevance ?? null,
    suppressed: { members: part.positions.length, neighbours: suppression.threshold !== null },
  }
}

function dropsAfter(known: KnownExplanation, part: Part, values: Float32Array): Drop[] {
  const sequence = sequenceOfKnown(known)
  const last = Math.max(...part.positions)
  const labels = { prompt: targetLabels(known, 'prompt'), completion: targetLabels(known, 'completion') }
  return known.targets
    .filter(({ segment, index }) => tokenPosition(sequence, { role: segment, index }) > last)
    .map(({ segment, index, text, column }) => ({
      segment,
      index,
      text,
      label: element(labels[segment], index),
      nats: element(values, column),
    }))
}

/** The reverse question with its colours. */
export function drawnDrops(numbers: DropNumbers, maximum: number): ViewDrops {
  const drops = numbers.drops?.map((drop) => ({ ...drop, share: normalise(drop.nats, maximum) })) ?? null
  return { ...numbers, drops }
}

/** Whether a part still needs its joint pass. */
export function needsPass({ drops }: Pick<DropNumbers, 'drops'>): boolean {
  return drops === null
}
