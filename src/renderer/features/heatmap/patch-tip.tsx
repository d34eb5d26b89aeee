import type { ReactNode } from 'react'
import type { Cell } from '../../../shared/sequence/patch-grid.ts'
import { blockOf } from '../../../shared/atman/coarse-blocks.ts'
import { patchCount, pixelBox } from '../../../shared/sequence/patch-grid.ts'
import { formatNats, likelihoodWords } from '../../../shared/colour/legend.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { Neighbour } from '../../../shared/atman/suppression.ts'
import type { PatchGrid } from '../../../shared/explanation/record.ts'
import type { ShownMap } from '../../../shared/explanation/shown-map.ts'
import { rankOf } from '../../../shared/explanation/shown-map.ts'
import type { Size, Viewport } from '../image/camera.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectMap, selectNeighbours } from '../../state/selectors.ts'

const width = 284

/** The numbers of the patch under the pointer or the keyboard's cursor. */
export function PatchTip(place: { grid: PatchGrid; seen: PixelBox; view: Viewport; window: Size; hidden: boolean }): ReactNode {
  const hovered = useApp(({ viewing }) => viewing.hovered)
  const byKeyboard = useApp(({ viewing }) => viewing.byKeyboard)
  if (hovered === null || place.hidden) return null
  return (
    <div className="tip" style={beside(hovered, place)} role={byKeyboard ? 'status' : undefined}>
      <TipText cell={hovered} grid={place.grid} seen={place.seen} />
    </div>
  )
}

function TipText({ cell, grid, seen }: { cell: Cell; grid: PatchGrid; seen: PixelBox }): ReactNode {
  const map = useApp(selectMap)
  const near = useApp(selectNeighbours)
  const threshold = useApp(({ settings }) => settings.suppression.threshold)
  const known = useApp(({ similarity, explaining }) => similarity !== null && similarity.entry === explaining.answer?.entry)
  const { left, top, width: wide, height } = pixelBox(grid, cell, seen)
  const patches = near.filter(({ position }) => position < grid.start + patchCount(grid)).length
  const words = near.length - patches
  return (
    <>
      <span>
        row {cell.row}, column {cell.column}{' '}
        <small>
          · x {range(left, wide)}, y {range(top, height)} px
        </small>
      </span>
      <Value map={map} cell={cell} grid={grid} />
      {known && threshold !== null && (
        <small>
          {near.length === 0 ? 'no neighbours' : `neighbours outlined: ${count(patches, 'patch', 'patches')}`}
          {words > 0 ? `, ${count(words, 'token', 'tokens')}` : ''}
          {near.length > 0 ? `, factors ${factorRange(near)}` : ''}, κ{'\u00a0'}≥{'\u00a0'}
          {threshold.toFixed(2)}
        </small>
      )}
    </>
  )
}

function Value({ map, cell, grid }: { map: ShownMap | null; cell: Cell; grid: PatchGrid }): ReactNode {
  if (map === null) return <small>not computed yet</small>
  const coarse = map.rows !== grid.rows || map.columns !== grid.columns
  const { row, column } = coarse ? blockOf(cell, grid, map) : cell
  const place = row * map.columns + column
  const nats = map.values[place] ?? 0
  return (
    <>
      <span>
        <b>{formatNats(nats, 3)} nats</b> · {likelihoodWords(nats)}
      </span>
      <small>
        rank {rankOf(map, place)} of {patchCount(map)}
        {coarse ? ` · of its block, ${map.rows}×${map.columns} so far` : ''}
      </small>
    </>
  )
}

/** Factors by which the neighbours' attention is scaled: 0.10 to 0.37. */
function factorRange(near: readonly Neighbour[]): string {
  const factors = near.map(({ factor }) => factor)
  const [least, most] = [Math.min(...factors).toFixed(2), Math.max(...factors).toFixed(2)]
  return least === most ? least : `${least} to ${most}`
}

function range(from: number, length: number): string {
  return `${Math.round(from)}–${Math.round(from + length)}`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}

/** To the right of the cell and a little below it, or to the left where there is no room. */
function beside(
  cell: Cell,
  { grid, seen, view, window }: { grid: PatchGrid; seen: PixelBox; view: Viewport; window: Size },
): { left: number; top: number; width: number } {
  const box = pixelBox(grid, cell, seen)
  const right = (box.left + box.width) * view.scale + view.x + 10
  const left = box.left * view.scale + view.x - width - 10
  const top = Math.max(8, Math.min(window.height - 110, box.top * view.scale + view.y - 8))
  return { left: right + width < window.width ? right : Math.max(8, left), top, width }
}
