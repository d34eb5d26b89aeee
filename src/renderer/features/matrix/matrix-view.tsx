import { useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { fromOne } from '../../../shared/explanation/numbers.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { MatrixView as Numbers } from '../../../shared/explanation/view/matrix.ts'
import { element } from '../../../shared/values/element.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { useSize } from '../image/viewport.ts'
import { MatrixCanvas } from './matrix-canvas.tsx'
import type { MatrixCell, MatrixColumn } from './matrix-layout.ts'
import { matrixColumns, widthOf } from './matrix-layout.ts'
import { MatrixTip } from './matrix-tip.tsx'
import { useMatrix } from './use-matrix.ts'

/** Width of the labels at the left, in CSS pixels. */
const labels = 92

/** Everything at once: a line per token, a column per part of the input. */
export function MatrixView(): ReactNode {
  const matrix = useMatrix()
  if (matrix === null) return <p className="empty centred">The matrix comes with the exact map.</p>
  return <Matrix matrix={matrix} />
}

function Matrix({ matrix }: { matrix: Numbers }): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(frame)
  const [hovered, setHovered] = useState<MatrixCell | null>(null)
  const { pinning } = useWorkspace()
  const columns = useMemo(
    () => matrixColumns(matrix.inputs, { room: width - labels - 40, text: 19, leastPatch: 2.5, gap: 2 }),
    [matrix.inputs, width],
  )
  const line = Math.max(16, Math.min(30, Math.floor((height - 120) / Math.max(1, matrix.targets.length))))
  return (
    <figure className="matrix" aria-label="Relevance matrix: tokens by parts of the input; the table has the same numbers">
      <div className="matrix-frame" ref={frame} onPointerLeave={() => setHovered(null)}>
        <div className="matrix-grid">
          <div className="matrix-corner" aria-hidden="true">
            patches, row
          </div>
          <ColumnNames columns={columns} hovered={hovered?.column ?? null} />
          <Lines matrix={matrix} height={line} />
          <MatrixCanvas
            matrix={matrix}
            columns={columns}
            line={line}
            hovered={hovered}
            onHover={setHovered}
            onChoose={({ row, column }) => {
              pinning.pin(element(matrix.targets, row).target, false)
              const { kind, members } = column.part.input
              pinning.choose({ kind: kind === 'patch' ? 'patches' : 'text', positions: members })
            }}
          />
        </div>
      </div>
      {hovered !== null && <MatrixTip matrix={matrix} cell={hovered} />}
    </figure>
  )
}

function Lines({ matrix, height }: { matrix: Numbers; height: number }): ReactNode {
  const { pinning } = useWorkspace()
  const pinned = useApp(({ viewing }) => viewing.pinned)
  return (
    <ol className="matrix-lines" aria-label="Tokens of the matrix">
      {matrix.targets.map(({ target, label }) => (
        <li key={target.column} style={{ height }} className={target.segment}>
          <button
            type="button"
            aria-pressed={pinned.some((ref) => sameTarget(ref, target))}
            onClick={(event) => pinning.pin(target, event.shiftKey)}
            onPointerEnter={() => pinning.preview(target)}
            onPointerLeave={() => pinning.preview(null)}
          >
            {label}
          </button>
        </li>
      ))}
    </ol>
  )
}

function ColumnNames({ columns, hovered }: { columns: readonly MatrixColumn[]; hovered: MatrixColumn | null }): ReactNode {
  const texts = columns.filter(({ part }) => part.input.kind !== 'patch')
  return (
    <div className="matrix-names" style={{ width: widthOf(columns) }} aria-hidden="true">
      {columns.map(({ place, part: { input }, left }) =>
        input.row !== null && input.column === 0 ? (
          <span key={place} className={`patch-row ${hovered?.part.input.row === input.row ? 'on' : ''}`} style={{ left }}>
            {fromOne(input.row)}
          </span>
        ) : null,
      )}
      {texts.map((column) => (
        <span
          key={column.place}
          className={`text-column ${column.part.input.kind} ${hovered === column ? 'on' : ''}`}
          style={{ left: column.left + column.width / 2 }}
        >
          {column.part.label}
        </span>
      ))}
    </div>
  )
}
