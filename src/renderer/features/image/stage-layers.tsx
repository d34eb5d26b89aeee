import type { Context } from 'konva/lib/Context'
import { Image as Picture, Layer, Shape, Stage } from 'react-konva'
import { memo, useEffect } from 'react'
import type { ReactNode } from 'react'
import type { Point } from '../../../shared/sequence/patch-grid.ts'
import { cellOf, patchCount } from '../../../shared/sequence/patch-grid.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import { position } from '../../../shared/values/brand.ts'
import type { PatchGrid } from '../../../shared/explanation/record.ts'
import type { Size, Viewport } from './camera.ts'
import { useImage } from '../../hooks/raster.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { useNeighbours } from '../../hooks/neighbours.ts'
import { selectView } from '../../state/store.ts'
import { useGreyPicture } from '../heatmap/grey-picture.ts'
import type { Canvas } from '../heatmap/paint.ts'
import { paintCells, paintCutOff, paintLasso, paintOutlines, paintSmooth } from '../heatmap/paint.ts'
import type { StagedPicture } from './staged-picture.ts'

interface Lying {
  readonly window: Size
  readonly view: Viewport
  readonly picture: StagedPicture
  readonly seen: PixelBox
  readonly theme: Theme
}

interface Painted {
  /** Hears the colour of every cell of the map as it was painted, row by row; none without a map. */
  readonly onPainted: (colours: readonly string[]) => void
}

/** The canvases of the stage: the picture, the map over it, and the marks over that; only what changes is drawn again. */
export function StageLayers({
  grid,
  lasso,
  onPainted,
  ...lying
}: Lying & Painted & { grid: PatchGrid | null; lasso: readonly Point[] }): ReactNode {
  const { window, view } = lying
  const placed = { x: view.x, y: view.y, scaleX: view.scale, scaleY: view.scale, listening: false }
  return (
    <Stage width={window.width} height={window.height} listening={false}>
      <Layer {...placed}>
        <PictureShapes {...lying} />
      </Layer>
      <Layer {...placed}>
        <MapShape {...lying} onPainted={onPainted} />
      </Layer>
      <Layer {...placed}>{grid !== null && <MarkShapes {...lying} grid={grid} lasso={lasso} />}</Layer>
    </Stage>
  )
}

/** How far the picture shows: full up to the default of the slider, and its colours beyond it. */
const middle = 0.35

const PictureShapes = memo(function PictureShapes({ picture, seen, view, theme }: Lying): ReactNode {
  const asSeen = useApp(({ viewing }) => viewing.seen)
  const opacity = useApp(({ settings }) => settings.opacity)
  const mapped = useApp((state) => (selectView(state)?.map ?? null) !== null)
  const image = useImage(picture.sha256, asSeen ? 'seen' : 'display')
  const grey = useGreyPicture(image, theme)
  const box = asSeen
    ? { x: seen.left, y: seen.top, width: seen.width, height: seen.height }
    : { x: 0, y: 0, width: picture.whole.width, height: picture.whole.height }
  const colours = mapped ? Math.max(0, (opacity - middle) / (1 - middle)) : 1
  return (
    <>
      {mapped && grey !== null && (
        <Picture image={grey} {...box} opacity={Math.min(1, opacity / middle)} imageSmoothingEnabled={!asSeen} />
      )}
      {image !== null && colours > 0 && <Picture image={image} {...box} opacity={colours} imageSmoothingEnabled={!asSeen} />}
      {!asSeen && <Shape sceneFunc={(canvas) => paintCutOff(plain(canvas), picture.whole, seen, theme)} />}
      <Shape sceneFunc={(canvas) => frame(plain(canvas), box, theme, 1 / view.scale)} />
    </>
  )
})

/** The map. The painter itself reports the colours, in the frame that paints them. */
const MapShape = memo(function MapShape({ seen, theme, view, onPainted }: Lying & Painted): ReactNode {
  const map = useApp((state) => selectView(state)?.map ?? null)
  const { smooth, opacity } = useApp(({ settings }) => settings)
  useEffect(() => {
    if (map === null) onPainted([])
  }, [map, onPainted])
  if (map === null) return null
  const shown = Math.max(0, Math.min(1, (1 - opacity) / (1 - middle)))
  return (
    <Shape
      opacity={shown}
      sceneFunc={(canvas) =>
        onPainted(
          smooth ? paintSmooth(plain(canvas), map, seen, theme) : paintCells(plain(canvas), map, seen, theme, 1 / view.scale),
        )
      }
    />
  )
})

const MarkShapes = memo(function MarkShapes({
  seen,
  theme,
  view,
  grid,
  lasso,
}: Lying & { grid: PatchGrid; lasso: readonly Point[] }): ReactNode {
  const hovered = useApp(({ viewing }) => viewing.hovered)
  const part = useApp(({ viewing }) => viewing.part)
  const near = useNeighbours()
  const patches = grid.start + patchCount(grid)
  const cellsOf = (positions: readonly number[]) =>
    positions.filter((at) => at >= grid.start && at < patches).map((at) => cellOf(grid, position(at)))
  const pixel = 1 / view.scale
  return (
    <Shape
      sceneFunc={(context) => {
        const canvas = plain(context)
        const outline = (cells: ReturnType<typeof cellsOf>, dashed: boolean, width: number) =>
          paintOutlines(canvas, grid, seen, { cells, dashed, width }, theme, pixel)
        outline(cellsOf(near.map((neighbour) => neighbour.position)), true, 1.2)
        if (part?.kind === 'patches') outline(cellsOf(part.positions), false, 2)
        if (hovered !== null) outline([hovered], false, 2)
        paintLasso(canvas, lasso, theme, pixel)
      }}
    />
  )
})

/** Konva's context forwards to the browser's; its types leave some of that out. */
function plain(context: Context): Canvas {
  return context._context
}

function frame(canvas: Canvas, box: { x: number; y: number; width: number; height: number }, theme: Theme, pixel: number): void {
  canvas.strokeStyle = theme === 'dark' ? 'rgb(255 255 255 / 0.14)' : 'rgb(0 0 0 / 0.12)'
  canvas.lineWidth = pixel
  canvas.strokeRect(box.x, box.y, box.width, box.height)
}
