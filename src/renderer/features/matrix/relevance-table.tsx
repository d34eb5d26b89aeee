import { memo, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { standsBefore } from '../../../shared/atman/relevance.ts'
import { formatNats } from '../../../shared/colour/legend.ts'
import type { Input, RelevanceMatrix, Target } from '../../../shared/explanation/record.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { Sorting } from '../../../shared/explanation/table-rows.ts'
import { nextSorting, sortedInputs } from '../../../shared/explanation/table-rows.ts'
import { TokenText, tokenName } from '../../components/token-text.tsx'
import { useApp } from '../../hooks/workspace-context.ts'
import type { Answer } from '../../state/answer.ts'
import { positionOf } from '../../state/selectors.ts'
import { inputWords } from './matrix-tip.tsx'

const kinds = { patch: 'patch', token: 'token', word: 'word', chunk: 'passage' } as const

/** The same numbers as a table: sortable, and readable without seeing colours. */
export function RelevanceTable(): ReactNode {
  const answer = useApp(({ explaining }) => explaining.answer)
  if (answer === null) return null
  if (answer.map.kind !== 'full') return <p className="empty centred">The table comes with the full map.</p>
  return <Table key={answer.entry ?? 'new'} answer={answer} matrix={answer.map.matrix} />
}

function Table({ answer, matrix }: { answer: Answer; matrix: RelevanceMatrix }): ReactNode {
  const [withPrompt, setWithPrompt] = useState(false)
  const pinned = useApp(({ viewing }) => viewing.pinned)
  const targets = useMemo(
    () => answer.targets.filter(({ segment }) => withPrompt || segment === 'completion'),
    [answer.targets, withPrompt],
  )
  const first = answer.targets.find((target) => pinned.some((ref) => sameTarget(ref, target)))
  const [sorting, setSorting] = useState<Sorting>({ column: first?.column ?? null, descending: first !== undefined })
  const rows = useMemo(() => sortedInputs(answer.inputs, matrix, sorting), [answer.inputs, matrix, sorting])
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Table of relevance" data-keeps-arrows>
      <table aria-label="Relevance table">
        <caption>
          Log-probability in nats that each token loses when attention to a part is suppressed. Rows and columns of patches are
          counted from 0.{' '}
          <label className="check">
            <input type="checkbox" checked={withPrompt} onChange={(event) => setWithPrompt(event.target.checked)} />
            prompt tokens too
          </label>
        </caption>
        <colgroup>
          <col span={2} />
          {targets.map((target) => (
            <col key={target.column} className={pinned.some((ref) => sameTarget(ref, target)) ? 'pinned' : ''} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <Heading name="Part" column={null} sorting={sorting} onSort={setSorting}>
              Part
            </Heading>
            <th scope="col">Kind</th>
            {targets.map((target) => (
              <Heading
                key={target.column}
                name={tokenName(target.text)}
                column={target.column}
                sorting={sorting}
                onSort={setSorting}
              >
                <TokenText text={target.text} />
              </Heading>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((input) => (
            <Row key={input.index} input={input} targets={targets} matrix={matrix} answer={answer} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Heading(props: {
  name: string | undefined
  column: number | null
  sorting: Sorting
  onSort: (sorting: Sorting) => void
  children: ReactNode
}): ReactNode {
  const { column, sorting } = props
  const own = sorting.column === column
  return (
    <th scope="col" aria-sort={own ? (sorting.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" aria-label={props.name} onClick={() => props.onSort(nextSorting(sorting, column))}>
        {props.children}
        <span className="sort-mark" aria-hidden="true">
          {own ? (sorting.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

const Row = memo(function Row(props: {
  input: Input
  targets: readonly Target[]
  matrix: RelevanceMatrix
  answer: Answer
}): ReactNode {
  const { input, targets, matrix, answer } = props
  return (
    <tr>
      <th scope="row">{inputWords(input)}</th>
      <td className="kind">{kinds[input.kind]}</td>
      {targets.map((target) => (
        <Number key={target.column} input={input} target={target} matrix={matrix} answer={answer} />
      ))}
    </tr>
  )
})

function Number({
  input,
  target,
  matrix,
  answer,
}: {
  input: Input
  target: Target
  matrix: RelevanceMatrix
  answer: Answer
}): ReactNode {
  if (!standsBefore(input, positionOf(answer, target))) return <td className="unread">–</td>
  const nats = matrix.values[input.index * matrix.targets + target.column] ?? 0
  return <td className={Math.abs(nats) < 0.005 ? 'nothing' : ''}>{formatNats(nats, 3)}</td>
}
