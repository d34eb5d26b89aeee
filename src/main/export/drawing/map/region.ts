import type { PixelBox } from '../../../../shared/explanation/record.ts'
import { boundary } from '../../../../shared/sequence/boundary.ts'
import type { Cell, GridShape } from '../../../../shared/sequence/patch-grid.ts'
import type { Pen } from '../text/pen.ts'
import type { Svg } from '../text/svg.ts'
import { element } from '../text/svg.ts'

/** One line around cells, twice: a halo in the ground's colour below it, so that it shows on light and on dark cells alike. */
export function region({ palette }: Pen, grid: GridShape, cells: readonly Cell[], seen: PixelBox): Svg {
  const edges = boundary(cells, grid, seen)
  const d = edges
    .map(({ from, to }) => `M${from.x.toFixed(2)} ${from.y.toFixed(2)}L${to.x.toFixed(2)} ${to.y.toFixed(2)}`)
    .join('')
  const line = { d, fill: 'none', 'stroke-linecap': 'square' }
  return [
    element('path', { ...line, stroke: palette.onInk, 'stroke-opacity': 0.75, 'stroke-width': 4.6 }),
    element('path', { ...line, stroke: palette.ink, 'stroke-width': 2.4, 'data-role': 'part' }),
  ].join('')
}
