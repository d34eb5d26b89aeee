import { useEffect, useRef } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'
import type { MatrixView } from '../../../shared/explanation/view/matrix.ts'
import { element } from '../../../shared/values/element.ts'
import { useTheme } from '../../hooks/theme.ts'
import type { MatrixCell, MatrixColumn } from './matrix-layout.ts'
import { widthOf } from './matrix-layout.ts'

/** The cells of the matrix. */
export function MatrixCanvas(props: {
  matrix: MatrixView
  columns: readonly MatrixColumn[]
  line: number
  hovered: MatrixCell | null
  onHover: (cell: MatrixCell | null) => void
  onChoose: (cell: MatrixCell) => void
}): ReactNode {
  const { matrix, columns, line } = props
  const theme = useTheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = widthOf(columns)
  const height = matrix.targets.length * line
  useEffect(() => {
    const surface = canvas.current
    const context = surface?.getContext('2d')
    if (!surface || !context) return
    const dense = window.devicePixelRatio
    surface.width = width * dense
    surface.height = height * dense
    context.scale(dense, dense)
    matrix.targets.forEach((_, row) => paintLine(context, matrix, columns, row, line, theme))
  }, [matrix, columns, line, width, height, theme])
  const cellAt = (event: MouseEvent): MatrixCell | null => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - box.left
    const column = columns.find(({ left, width: wide }) => x >= left && x < left + wide)
    const row = Math.floor((event.clientY - box.top) / line)
    return column === undefined || row < 0 || row >= matrix.targets.length ? null : { row, column }
  }
  return (
    <div className="matrix-cells" style={{ width, height }}>
      <canvas
        ref={canvas}
        style={{ width, height }}
        onPointerMove={(event) => props.onHover(cellAt(event))}
        onClick={(event) => {
          const cell = cellAt(event)
          if (cell !== null) props.onChoose(cell)
        }}
      />
      {props.hovered !== null && <Cross cell={props.hovered} line={line} height={height} width={width} />}
    </div>
  )
}

function Cross({
  cell: { row, column },
  line,
  width,
  height,
}: {
  cell: MatrixCell
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

/** A token's line; what was not read yet when it was written stays empty. */
function paintLine(
  context: CanvasRenderingContext2D,
  { inputs, values, shares }: MatrixView,
  columns: readonly MatrixColumn[],
  row: number,
  line: number,
  theme: Theme,
): void {
  const top = row * line
  const shown = columns.filter(({ place }) => !Number.isNaN(element(values, row * inputs.length + place)))
  context.fillStyle = theme === 'dark' ? '#1b1b1e' : '#ffffff'
  for (const { left, width } of shown) context.fillRect(left, top, width, line - 1)
  for (const { place, part, left, width } of shown) {
    context.fillStyle = cssColour(ramp(element(shares, row * inputs.length + place), theme))
    context.fillRect(left, top, width - (part.input.kind === 'patch' ? 0 : 1), line - 1)
  }
}
