import { useEffect, useState } from 'react'
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { lassoed } from '../../../shared/sequence/lasso.ts'
import type { Cell, Point } from '../../../shared/sequence/patch-grid.ts'
import { cellUnder, patchAt } from '../../../shared/sequence/patch-grid.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { PatchGrid } from '../../../shared/explanation/record.ts'
import type { Position } from '../../../shared/values/brand.ts'
import { present } from '../../../shared/values/element.ts'
import { toPicture } from './camera.ts'
import { useWorkspace } from '../../hooks/workspace-context.ts'
import type { Workspace } from '../../state/workspace.ts'
import type { Camera } from './viewport.ts'

/** How far the pointer moves before a click becomes a lasso, in pixels. */
const lassoFrom = 5

/** What gestures work on. */
export interface Ground {
  readonly grid: PatchGrid | null
  readonly seen: PixelBox
  readonly camera: Camera
  readonly element: RefObject<HTMLDivElement | null>
}

/** Handlers for the stage, and the lasso while it is drawn. */
export interface Gestures {
  readonly lasso: readonly Point[]
  readonly moving: boolean
  readonly onPointerDown: (event: PointerEvent) => void
  readonly onPointerMove: (event: PointerEvent) => void
  readonly onPointerUp: (event: PointerEvent) => void
  readonly onPointerLeave: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

interface Drag {
  readonly kind: 'lasso' | 'pan'
  readonly from: Point
  readonly points: readonly Point[]
}

/** Pointing, clicking, lassoing, panning and zooming on the stage, and the same by keyboard. */
export function useGestures(ground: Ground): Gestures {
  const workspace = useWorkspace()
  const [drag, setDrag] = useState<Drag | null>(null)
  useWheel(ground)
  const at = (event: PointerEvent): Point => pointIn(ground, event)
  return {
    lasso: drag?.kind === 'lasso' && drag.points.length > 1 ? drag.points : [],
    moving: drag?.kind === 'pan',
    onPointerDown: (event) => {
      const pans = event.button === 1 || workspace.store.getState().viewing.tool === 'move'
      if (event.button > 1) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ kind: pans ? 'pan' : 'lasso', from: at(event), points: [toPicture(ground.camera.view, at(event))] })
    },
    onPointerMove: (event) => {
      const point = at(event)
      if (drag === null) workspace.inspecting.hover(cellAt(ground, point), false)
      else if (drag.kind === 'pan') {
        ground.camera.pan({ x: point.x - drag.from.x, y: point.y - drag.from.y })
        setDrag({ ...drag, from: point })
      } else if (drag.points.length > 1 || Math.hypot(point.x - drag.from.x, point.y - drag.from.y) > lassoFrom) {
        setDrag({ ...drag, points: [...drag.points, toPicture(ground.camera.view, point)] })
      }
    },
    onPointerUp: (event) => {
      if (drag?.kind === 'lasso') {
        if (drag.points.length > 1) chooseLassoed(workspace, ground, drag.points)
        else chooseCell(workspace, ground, cellAt(ground, at(event)), event.shiftKey || event.ctrlKey || event.metaKey)
      }
      setDrag(null)
    },
    onPointerLeave: () => workspace.inspecting.hover(null, false),
    onKeyDown: (event) => pressed(workspace, ground, event),
  }
}

function pointIn({ element }: Ground, event: { readonly clientX: number; readonly clientY: number }): Point {
  const { left, top } = present(element.current, 'the stage').getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

function cellAt({ grid, seen, camera }: Ground, point: Point): Cell | null {
  return grid === null ? null : cellUnder(grid, toPicture(camera.view, point), seen)
}

/** Only a listener that is not passive may keep the page from zooming itself. */
function useWheel(ground: Ground): void {
  const { camera, element } = ground
  useEffect(() => {
    const turned = (event: WheelEvent): void => {
      event.preventDefault()
      camera.zoomAt(pointIn(ground, event), Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)))
    }
    const target = element.current
    target?.addEventListener('wheel', turned, { passive: false })
    return () => target?.removeEventListener('wheel', turned)
  }, [ground, camera, element])
}

function chooseLassoed({ pinning }: Workspace, { grid, seen }: Ground, outline: readonly Point[]): void {
  if (grid === null) return
  const positions = lassoed(grid, outline, seen)
  pinning.choose(positions.length === 0 ? null : { kind: 'patches', positions })
}

/** Chooses a patch; the same again lets it go; with `add` it joins or leaves those already chosen. */
function chooseCell({ pinning, store }: Workspace, { grid }: Ground, cell: Cell | null, add: boolean): void {
  if (grid === null || cell === null) {
    pinning.choose(null)
    return
  }
  const at = patchAt(grid, cell)
  const { part } = store.getState().viewing
  const held: readonly Position[] = part?.kind === 'patches' ? part.positions : []
  const others = held.filter((other) => other !== at)
  const joined = held.includes(at) ? others : [...held, at].sort((a, b) => a - b)
  const alone = held.length === 1 && held[0] === at ? [] : [at]
  const positions = add ? joined : alone
  pinning.choose(positions.length === 0 ? null : { kind: 'patches', positions })
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function pressed(workspace: Workspace, ground: Ground, event: KeyboardEvent): void {
  const { grid, camera } = ground
  const { hovered } = workspace.store.getState().viewing
  const step = steps[event.key]
  if (step !== undefined && grid !== null) workspace.inspecting.hover(moved(hovered, step, grid), true)
  else if (event.key === 'Enter' || event.key === ' ') chooseCell(workspace, ground, hovered, event.shiftKey)
  else if (event.key === '+' || event.key === '=') camera.zoomBy(1.4)
  else if (event.key === '-') camera.zoomBy(1 / 1.4)
  else if (event.key === '0') camera.fit()
  else return
  event.preventDefault()
}

function moved(from: Cell | null, [down, across]: readonly [number, number], grid: PatchGrid): Cell {
  if (from === null) return { row: Math.floor(grid.rows / 2), column: Math.floor(grid.columns / 2) }
  const held = (value: number, count: number) => Math.max(0, Math.min(count - 1, value))
  return { row: held(from.row + down, grid.rows), column: held(from.column + across, grid.columns) }
}
