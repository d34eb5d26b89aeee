import { useEffect, useMemo, useRef } from 'react'
import type { PointerEvent, ReactNode } from 'react'
import { normalise } from '../../../shared/explanation/scale.ts'
import { standsBefore } from '../../../shared/atman/relevance.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'
import type { Input, Target } from '../../../shared/explanation/record.ts'
import { answerScale } from '../../../shared/explanation/shown-map.ts'
import type { MatrixColumn } from './matrix-layout.ts'
import { useTheme } from '../../hooks/theme.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import type { Answer } from '../../state/answer.ts'
import { fullColour, positionOf } from '../../state/selectors.ts'
import type { MatrixCell } from './matrix-view.tsx'

/** The cells of the matrix. */
export function MatrixCanvas(props: {
  answer: Answer
  columns: readonly MatrixColumn[]
  line: number
  hovered: MatrixCell | null
  onHover: (cell: MatrixCell | null) => void
  onChoose: (cell: MatrixCell) => void
}): ReactNode {
  const { answer, columns, line } = props
  const theme = useTheme()
  const scale = useApp(({ settings }) => settings.scale)
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = columns.at(-1)
  const width = Math.ceil(last === undefined ? 0 : last.left + last.width)
  const height = answer.targets.length * line
  const full = useMemo(() => scales(answer), [answer])
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const dense = window.devicePixelRatio
    element.width = width * dense
    element.height = height * dense
    context.scale(dense, dense)
    answer.targets.forEach((target, row) =>
      paintLine(context, answer, columns, target, row * line, line, theme, (input, values) =>
        fullColour(scale, () => full[input], values),
      ),
    )
  }, [answer, columns, line, width, height, theme, scale, full])
  const cellAt = (event: PointerEvent): MatrixCell | null => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - box.left
    const column = columns.find(({ left, width: wide }) => x >= left && x < left + wide)
    const target = answer.targets[Math.floor((event.clientY - box.top) / line)]
    return column === undefined || target === undefined ? null : { target, column }
  }
  return (
    <div className="matrix-cells" style={{ width, height }}>
      <canvas
        ref={canvas}
        style={{ width, height }}
        onPointerMove={(event) => props.onHover(cellAt(event))}
        onClick={(event) => {
          const cell = cellAt(event as unknown as PointerEvent)
          if (cell !== null) props.onChoose(cell)
        }}
      />
      {props.hovered !== null && (
        <Cross
          cell={props.hovered}
          line={line}
          row={answer.targets.indexOf(props.hovered.target)}
          height={height}
          width={width}
        />
      )}
    </div>
  )
}

function Cross({
  cell: { column },
  row,
  line,
  width,
  height,
}: {
  cell: MatrixCell
  row: number
  line: number
  width: number
  height: number
}): ReactNode {
  return (
    <>
      <span className="matrix-cross" style={{ left: 0, top: row * line, width, height: line }} />
      <span className="matrix-cross" style={{ left: column.left, top: 0, width: column.width, height }} />
    </>
  )
}

function scales(answer: Answer): Readonly<Record<'image' | 'text', number>> {
  const { map, inputs, targets } = answer
  if (map.kind !== 'full') return { image: 0, text: 0 }
  return { image: answerScale(inputs, targets, map.matrix, 'image'), text: answerScale(inputs, targets, map.matrix, 'text') }
}

function paintLine(
  context: CanvasRenderingContext2D,
  answer: Answer,
  columns: readonly MatrixColumn[],
  target: Target,
  top: number,
  height: number,
  theme: Theme,
  full: (part: 'image' | 'text', values: readonly number[]) => number,
): void {
  if (answer.map.kind !== 'full') return
  const { values, targets } = answer.map.matrix
  const before = positionOf(answer, target)
  const natsOf = (input: Input): number => values[input.index * targets + target.column] ?? 0
  const shown = columns.filter(({ input }) => standsBefore(input, before))
  const part = (input: Input): 'image' | 'text' => (input.kind === 'patch' ? 'image' : 'text')
  const maxima = Object.fromEntries(
    (['image', 'text'] as const).map((which) => [
      which,
      full(
        which,
        shown.filter(({ input }) => part(input) === which).map(({ input }) => natsOf(input)),
      ),
    ]),
  )
  context.fillStyle = theme === 'dark' ? '#1b1b1e' : '#ffffff'
  for (const { left, width } of shown) context.fillRect(left, top, width, height - 1)
  for (const { input, left, width } of shown) {
    const colour = ramp(normalise(natsOf(input), maxima[part(input)] ?? 0), theme)
    if (colour[3] < 0.004) continue
    context.fillStyle = cssColour(colour)
    context.fillRect(left, top, width - (input.kind === 'patch' ? 0 : 1), height - 1)
  }
}
