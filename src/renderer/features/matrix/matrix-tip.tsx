import type { ReactNode } from 'react'
import { standsBefore } from '../../../shared/atman/relevance.ts'
import { formatNats, likelihoodWords } from '../../../shared/colour/legend.ts'
import type { Input } from '../../../shared/explanation/record.ts'
import { shortToken } from '../../components/token-text.tsx'
import type { Answer } from '../../state/answer.ts'
import { positionOf } from '../../state/selectors.ts'
import type { MatrixCell } from './matrix-view.tsx'

/** The numbers of the cell under the pointer, at the foot of the matrix. */
export function MatrixTip({ answer, cell: { target, column } }: { answer: Answer; cell: MatrixCell }): ReactNode {
  if (answer.map.kind !== 'full') return null
  const nats = answer.map.matrix.values[column.input.index * answer.map.matrix.targets + target.column] ?? 0
  const read = standsBefore(column.input, positionOf(answer, target))
  return (
    <figcaption className="matrix-tip">
      <b>{shortToken(target.text)}</b> from {inputWords(column.input)}:{' '}
      {read ? (
        <>
          <b>{formatNats(nats, 3)} nats</b>, {likelihoodWords(nats)}
        </>
      ) : (
        'not read yet when this token was written'
      )}
    </figcaption>
  )
}

/** A part of the input in words. */
export function inputWords({ kind, row, column, text }: Input): string {
  return kind === 'patch' ? `row ${row ?? 0}, column ${column ?? 0}` : `“${text.trim()}”`
}
