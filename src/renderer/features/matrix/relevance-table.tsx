import { memo, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { single } from '../../../shared/explanation/claim.ts'
import { formatNats } from '../../../shared/explanation/numbers.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { MatrixTarget, MatrixView } from '../../../shared/explanation/view/matrix.ts'
import { howWords } from '../../../shared/explanation/wording.ts'
import { element } from '../../../shared/values/element.ts'
import { TokenText } from '../../components/token-text.tsx'
import { useApp } from '../../hooks/workspace-context.ts'
import { partName } from './matrix-tip.tsx'
import type { Sorting } from '../../../shared/explanation/view/sorting.ts'
import { nextSorting, sortedPlaces } from '../../../shared/explanation/view/sorting.ts'
import { useMatrix } from './use-matrix.ts'

/** A token of the table with its place among all targets. */
interface TableColumn extends MatrixTarget {
  readonly place: number
}

/** The same numbers as a table: sortable, and readable without seeing colours. */
export function RelevanceTable(): ReactNode {
  const matrix = useMatrix()
  const entry = useApp(({ explaining }) => explaining.answer?.entry)
  if (matrix === null) return <p className="empty centred">The table comes with the exact map.</p>
  return <Table key={entry ?? 'new'} matrix={matrix} />
}

function Table({ matrix }: { matrix: MatrixView }): ReactNode {
  const [withPrompt, setWithPrompt] = useState(false)
  const pinned = useApp(({ viewing }) => viewing.pinned)
  const isPinned = ({ target }: MatrixTarget): boolean => pinned.some((ref) => sameTarget(ref, target))
  const columns = useMemo(
    () =>
      matrix.targets
        .map((target, place): TableColumn => ({ ...target, place }))
        .filter(({ target }) => withPrompt || target.segment === 'completion'),
    [matrix.targets, withPrompt],
  )
  const first = matrix.targets.findIndex(isPinned)
  const [sorting, setSorting] = useState<Sorting>({ target: first < 0 ? null : first, descending: first >= 0 })
  const rows = useMemo(() => sortedPlaces(matrix, sorting), [matrix, sorting])
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Table of relevance" data-keeps-arrows>
      <table aria-label="Relevance table">
        <caption>
          <div>
            <Meaning />{' '}
            <label className="check">
              <input type="checkbox" checked={withPrompt} onChange={(event) => setWithPrompt(event.target.checked)} />
              prompt tokens too
            </label>
          </div>
        </caption>
        <colgroup>
          <col span={2} />
          {columns.map((column) => (
            <col key={column.place} className={isPinned(column) ? 'pinned' : ''} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <Heading name="Part" target={null} sorting={sorting} onSort={setSorting}>
              Part
            </Heading>
            <th scope="col">Kind</th>
            {columns.map(({ place, label, target }) => (
              <Heading key={place} name={label} target={place} sorting={sorting} onSort={setSorting}>
                <TokenText text={target.text} />
              </Heading>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((place) => (
            <Row key={place} place={place} columns={columns} matrix={matrix} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the numbers of the table are. */
function Meaning(): ReactNode {
  const suppression = useApp(({ explaining }) => explaining.answer?.known.suppression)
  const how =
    suppression === undefined ? '' : ` (${howWords({ suppression, exactness: { kind: 'exact' } }, single(suppression))})`
  return `Log-probability in nats that each token loses when attention to a part is suppressed${how}; words of several tokens and passages are suppressed as a whole, without neighbours. Rows and columns of patches are counted from 1.`
}

function Heading(props: {
  name: string
  target: number | null
  sorting: Sorting
  onSort: (sorting: Sorting) => void
  children: ReactNode
}): ReactNode {
  const { target, sorting } = props
  const own = sorting.target === target
  return (
    <th scope="col" aria-sort={own ? (sorting.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" aria-label={props.name} onClick={() => props.onSort(nextSorting(sorting, target))}>
        {props.children}
        <span className="sort-mark" aria-hidden="true">
          {own ? (sorting.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

const Row = memo(function Row(props: { place: number; columns: readonly TableColumn[]; matrix: MatrixView }): ReactNode {
  const { place, columns, matrix } = props
  const part = element(matrix.inputs, place)
  return (
    <tr>
      <th scope="row">{partName(part)}</th>
      <td className="kind">{part.kind}</td>
      {columns.map((column) => (
        <Nats key={column.place} nats={element(matrix.values, column.place * matrix.inputs.length + place)} />
      ))}
    </tr>
  )
})

/** A number of the table; a dash where the part was not read yet when the token was written. */
function Nats({ nats }: { nats: number }): ReactNode {
  if (Number.isNaN(nats)) return <td className="unread">–</td>
  return <td className={Math.abs(nats) < 0.005 ? 'nothing' : ''}>{formatNats(nats, 3)}</td>
}
