import { boundary } from '../../../shared/sequence/boundary.ts'
import type { Cell, GridShape, Point } from '../../../shared/sequence/patch-grid.ts'
import { cells, pixelBox } from '../../../shared/sequence/patch-grid.ts'
import { relevanceColour } from '../../../shared/colour/ramp.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'
import type { Rgba } from '../../../shared/colour/rgba.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { ViewMap } from '../../../shared/explanation/view/view-map.ts'
import { element } from '../../../shared/values/element.ts'

/** The part of a canvas that drawing needs, of the browser's or of Konva's. */
export type Canvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'fillRect'
  | 'strokeRect'
  | 'drawImage'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'stroke'
  | 'fill'
  | 'setLineDash'
>

/**
 * Draws hard cells.
 * @param pixel size of a screen pixel in the canvas's units: the gap between cells
 * @returns the colour that every cell was filled with, row by row
 */
export function paintCells(canvas: Canvas, map: ViewMap, seen: PixelBox, theme: Theme, pixel: number): string[] {
  return cells(map).map((cell, place) => {
    const colour = cssColour(relevanceColour(element(map.shares, place), map.tone, theme))
    const { left, top, width, height } = pixelBox(map, cell, seen)
    canvas.fillStyle = colour
    canvas.fillRect(left, top, width - pixel, height - pixel)
    return colour
  })
}

/**
 * Draws the same numbers smoothed: a picture of one pixel per cell, enlarged.
 * @returns the colour of every cell's pixel, row by row
 */
export function paintSmooth(canvas: Canvas, map: ViewMap, seen: PixelBox, theme: Theme): string[] {
  const colours = Array.from(map.shares, (share) => relevanceColour(share, map.tone, theme))
  canvas.drawImage(onePixelPerCell(map, colours), seen.left, seen.top, seen.width, seen.height)
  return colours.map(cssColour)
}

function onePixelPerCell(map: ViewMap, colours: readonly Rgba[]): HTMLCanvasElement {
  const small = document.createElement('canvas')
  small.width = map.columns
  small.height = map.rows
  const context = small.getContext('2d')
  if (context === null) return small
  const pixels = context.createImageData(map.columns, map.rows)
  colours.forEach(([red, green, blue, alpha], place) => {
    pixels.data.set([red, green, blue, Math.round(alpha * 255)], place * 4)
  })
  context.putImageData(pixels, 0, 0)
  return small
}

/** How cells are outlined. */
export interface Outline {
  readonly cells: readonly Cell[]
  readonly dashed: boolean
  /** Width in screen pixels. */
  readonly width: number
}

/**
 * Draws one line around all the cells together, so that many read as a region. Twice: a halo in the ground's colour below the line, which then shows on
 * light and on dark cells alike.
 */
export function paintOutlines(
  canvas: Canvas,
  grid: GridShape,
  seen: PixelBox,
  { cells: outlined, dashed, width }: Outline,
  theme: Theme,
  pixel: number,
): void {
  if (outlined.length === 0) return
  const [line, halo] = theme === 'dark' ? ['#ffffff', 'rgb(0 0 0 / 0.6)'] : ['#1b1b19', 'rgb(255 255 255 / 0.8)']
  canvas.beginPath()
  for (const { from, to } of boundary(outlined, grid, seen)) {
    canvas.moveTo(from.x, from.y)
    canvas.lineTo(to.x, to.y)
  }
  for (const [colour, thick] of [
    [halo, width + 1.6],
    [line, width],
  ] as const) {
    canvas.strokeStyle = colour
    canvas.lineWidth = thick * pixel
    canvas.setLineDash(dashed && colour === line ? [4 * pixel, 3 * pixel] : [])
    canvas.stroke()
  }
  canvas.setLineDash([])
}

/** Draws the line of a lasso while it is drawn. */
export function paintLasso(canvas: Canvas, outline: readonly Point[], theme: Theme, pixel: number): void {
  const [first, ...rest] = outline
  if (first === undefined || rest.length === 0) return
  canvas.beginPath()
  canvas.moveTo(first.x, first.y)
  for (const { x, y } of rest) canvas.lineTo(x, y)
  canvas.closePath()
  canvas.fillStyle = theme === 'dark' ? 'rgb(255 255 255 / 0.12)' : 'rgb(27 27 25 / 0.1)'
  canvas.fill()
  canvas.strokeStyle = theme === 'dark' ? '#ffffff' : '#1b1b19'
  canvas.lineWidth = 1.5 * pixel
  canvas.setLineDash([5 * pixel, 4 * pixel])
  canvas.stroke()
  canvas.setLineDash([])
}

/** Draws a veil over what was cut off before the model saw the picture. */
export function paintCutOff(canvas: Canvas, whole: PixelBox, seen: PixelBox, theme: Theme): void {
  const right = seen.left + seen.width
  const bottom = seen.top + seen.height
  canvas.fillStyle = theme === 'dark' ? 'rgb(20 20 22 / 0.72)' : 'rgb(244 244 242 / 0.72)'
  canvas.fillRect(whole.left, whole.top, whole.width, seen.top - whole.top)
  canvas.fillRect(whole.left, bottom, whole.width, whole.top + whole.height - bottom)
  canvas.fillRect(whole.left, seen.top, seen.left - whole.left, seen.height)
  canvas.fillRect(right, seen.top, whole.left + whole.width - right, seen.height)
}
