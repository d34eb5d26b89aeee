import { useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Target } from '../../../shared/explanation/record.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { MatrixColumn } from './matrix-layout.ts'
import { matrixColumns } from './matrix-layout.ts'
import { TokenText } from '../../components/token-text.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import type { Answer } from '../../state/answer.ts'
import { useSize } from '../image/viewport.ts'
import { MatrixCanvas } from './matrix-canvas.tsx'
import { MatrixTip } from './matrix-tip.tsx'

/** Width of the labels at the left, in CSS pixels. */
const labels = 92

/** A cell of the matrix. */
export interface MatrixCell {
  readonly target: Target
  readonly column: MatrixColumn
}

/** Everything at once: a line per token, a column per part of the input. */
export function MatrixView(): ReactNode {
  const answer = useApp(({ explaining }) => explaining.answer)
  if (answer === null) return null
  if (answer.map.kind !== 'full') return <p className="empty centred">The matrix comes with the full map.</p>
  return <Matrix answer={answer} />
}

function Matrix({ answer }: { answer: Answer }): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(frame)
  const [hovered, setHovered] = useState<MatrixCell | null>(null)
  const { pinning } = useWorkspace()
  const columns = useMemo(
    () => matrixColumns(answer.inputs, { room: width - labels - 40, text: 19, leastPatch: 2.5, gap: 2 }),
    [answer.inputs, width],
  )
  const line = Math.max(16, Math.min(30, Math.floor((height - 120) / Math.max(1, answer.targets.length))))
  return (
    <figure className="matrix" aria-label="Relevance matrix: tokens by parts of the input; the table has the same numbers">
      <div className="matrix-frame" ref={frame} onPointerLeave={() => setHovered(null)}>
        <div className="matrix-grid">
          <div className="matrix-corner" aria-hidden="true">
            patches, row
          </div>
          <ColumnNames columns={columns} hovered={hovered?.column ?? null} />
          <Lines answer={answer} height={line} />
          <MatrixCanvas
            answer={answer}
            columns={columns}
            line={line}
            hovered={hovered}
            onHover={setHovered}
            onChoose={({ target, column }) => {
              pinning.pin(target, false)
              const { kind, members, text } = column.input
              pinning.choose({ kind: kind === 'patch' ? 'patches' : 'text', positions: members, text })
            }}
          />
        </div>
      </div>
      {hovered !== null && <MatrixTip answer={answer} cell={hovered} />}
    </figure>
  )
}

function Lines({ answer, height }: { answer: Answer; height: number }): ReactNode {
  const { pinning } = useWorkspace()
  const pinned = useApp(({ viewing }) => viewing.pinned)
  return (
    <ol className="matrix-lines" aria-label="Tokens of the matrix">
      {answer.targets.map((target) => (
        <li key={target.column} style={{ height }} className={target.segment}>
          <button
            type="button"
            aria-pressed={pinned.some((ref) => sameTarget(ref, target))}
            onClick={(event) => pinning.pin(target, event.shiftKey)}
            onPointerEnter={() => pinning.preview(target)}
            onPointerLeave={() => pinning.preview(null)}
          >
            <TokenText text={target.text} />
          </button>
        </li>
      ))}
    </ol>
  )
}

function ColumnNames({ columns, hovered }: { columns: readonly MatrixColumn[]; hovered: MatrixColumn | null }): ReactNode {
  const firsts = columns.filter(({ input }) => input.kind === 'patch' && input.column === 0)
  const texts = columns.filter(({ input }) => input.kind !== 'patch')
  const last = columns.at(-1)
  return (
    <div className="matrix-names" style={{ width: last === undefined ? 0 : last.left + last.width }} aria-hidden="true">
      {firsts.map(({ input, left }) => (
        <span key={input.index} className={`patch-row ${hovered?.input.row === input.row ? 'on' : ''}`} style={{ left }}>
          {input.row}
        </span>
      ))}
      {texts.map((column) => (
        <span
          key={column.input.index}
          className={`text-column ${column.input.kind} ${hovered === column ? 'on' : ''}`}
          style={{ left: column.left + column.width / 2 }}
        >
          {column.input.text.trim()}
        </span>
      ))}
    </div>
  )
}
