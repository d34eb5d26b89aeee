import type { ReactNode } from 'react'
import type { Cell } from '../../../shared/sequence/patch-grid.ts'
import { patchCount, pixelBox } from '../../../shared/sequence/patch-grid.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { Neighbour } from '../../../shared/atman/suppression.ts'
import type { PatchGrid } from '../../../shared/explanation/record.ts'
import { cellLabel } from '../../../shared/explanation/labels.ts'
import { counted, formatSetting } from '../../../shared/explanation/numbers.ts'
import { cellSentences } from '../../../shared/explanation/view/sentences.ts'
import type { Size, Viewport } from '../image/camera.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { useNeighbours } from '../../hooks/neighbours.ts'
import { selectSimilarity } from '../../state/selectors.ts'
import { selectView } from '../../state/store.ts'

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
  const view = useApp(selectView)
  const sentences = view === null ? null : cellSentences(view, cell)
  const { left, top, width: wide, height } = pixelBox(grid, cell, seen)
  return (
    <>
      <span>
        <b>{cellLabel(cell)}</b>{' '}
        <small>
          · x {range(left, wide)}, y {range(top, height)} px
        </small>
      </span>
      {sentences === null ? (
        <small>not computed yet</small>
      ) : (
        <>
          <span data-role="cell">{sentences.effect}</span>
          <small>{sentences.rank}</small>
        </>
      )}
      <Neighbours grid={grid} />
    </>
  )
}

/** What is outlined: the neighbours of the patch as κ stands now. */
function Neighbours({ grid }: { grid: PatchGrid }): ReactNode {
  const near = useNeighbours()
  const threshold = useApp(({ settings }) => settings.suppression.threshold)
  const known = useApp((state) => selectSimilarity(state) !== null)
  if (!known || threshold === null) return null
  const patches = near.filter(({ position }) => position >= grid.start && position < grid.start + patchCount(grid)).length
  const words = near.length - patches
  return (
    <small>
      {near.length === 0 ? 'no neighbours' : `neighbours outlined: ${counted(patches, 'patch', 'patches')}`}
      {words > 0 ? `, ${counted(words, 'token')}` : ''}
      {near.length > 0 ? `, factors ${factorRange(near)}` : ''}, κ{'\u00a0'}≥{'\u00a0'}
      {formatSetting(threshold)}
    </small>
  )
}

/** Factors by which the neighbours' attention is scaled: 0.10 to 0.37. */
function factorRange(near: readonly Neighbour[]): string {
  const factors = near.map(({ factor }) => factor)
  const [least, most] = [formatSetting(Math.min(...factors)), formatSetting(Math.max(...factors))]
  return least === most ? least : `${least} to ${most}`
}

function range(from: number, length: number): string {
  return `${Math.round(from)}–${Math.round(from + length)}`
}

/** To the right of the cell and a little below it, or to the left where there is no room. */
function beside(
  cell: Cell,
  { grid, seen, view, window }: { grid: PatchGrid; seen: PixelBox; view: Viewport; window: Size },
): { left: number; top: number; width: number } {
  const box = pixelBox(grid, cell, seen)
  const right = (box.left + box.width) * view.scale + view.x + 10
  const left = box.left * view.scale + view.x - width - 10
  const top = Math.max(8, Math.min(window.height - 124, box.top * view.scale + view.y - 8))
  return { left: right + width < window.width ? right : Math.max(8, left), top, width }
}
