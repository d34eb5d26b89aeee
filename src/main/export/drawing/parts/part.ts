import type { KnownExplanation } from '../../../../shared/explanation/known.ts'
import { sequenceOfKnown } from '../../../../shared/explanation/known.ts'
import type { Part, TargetRef } from '../../../../shared/explanation/question.ts'
import { cellAt, tokenPosition } from '../../../../shared/sequence/sequence.ts'
import { present } from '../../../../shared/values/element.ts'
import type { HeatMap } from '../map/heat-map.ts'

/** The patches of a reverse question, to be outlined on the map; `null` where none are asked about. */
export function outlinedPart(known: KnownExplanation, part: Part | null): HeatMap['outlined'] {
  if (part?.kind !== 'patches' || known.grid === null) return null
  const sequence = sequenceOfKnown(known)
  return { grid: known.grid, cells: part.positions.map((at) => present(cellAt(sequence, at), `the cell at position ${at}`)) }
}

/** Whether a token belongs to the part of a reverse question. */
export function isInPart(known: KnownExplanation, part: Part | null, { segment, index }: TargetRef): boolean {
  if (part?.kind !== 'text') return false
  return part.positions.includes(tokenPosition(sequenceOfKnown(known), { role: segment, index }))
}
