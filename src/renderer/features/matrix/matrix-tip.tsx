import type { ReactNode } from 'react'
import type { Claim, Suppressed } from '../../../shared/explanation/claim.ts'
import { single, together } from '../../../shared/explanation/claim.ts'
import { quoted } from '../../../shared/explanation/labels.ts'
import type { MatrixInput, MatrixView } from '../../../shared/explanation/view/matrix.ts'
import { effectSentence, notReadYet } from '../../../shared/explanation/wording.ts'
import { element } from '../../../shared/values/element.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import type { MatrixCell } from './matrix-layout.ts'

/** The numbers of the cell under the pointer, at the foot of the matrix. */
export function MatrixTip({ matrix, cell: { row, column } }: { matrix: MatrixView; cell: MatrixCell }): ReactNode {
  const suppression = useApp(({ explaining }) => explaining.answer?.known.suppression)
  if (suppression === undefined) return null
  const nats = element(matrix.values, row * matrix.inputs.length + column.place)
  const claim: Claim = { measure: 'likelihood', tokens: 1, suppression, exactness: { kind: 'exact' } }
  const { members, kind } = column.part.input
  const suppressed: Suppressed = kind === 'patch' || kind === 'token' ? single(suppression) : together(members.length)
  return (
    <figcaption className="matrix-tip">
      <b>{quoted(element(matrix.targets, row).label)}</b> from {partName(column.part)}:{' '}
      {Number.isNaN(nats) ? notReadYet : effectSentence(claim, nats, suppressed)}
    </figcaption>
  )
}

/** A part of the input in words: "row 4, column 7", "“dog”". */
export function partName({ input, label }: MatrixInput): string {
  return input.row === null ? quoted(label) : label
}
