import { normalise } from '../../../shared/explanation/scale.ts'
import type { GridShape } from '../../../shared/sequence/patch-grid.ts'
import { cells, pixelBox } from '../../../shared/sequence/patch-grid.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { DisplayPicture } from './display-picture.ts'
import type { Svg } from './text/svg.ts'
import { element, fillOf } from './text/svg.ts'
import type { Pen } from './text/pen.ts'

/** A map over a picture. */
export interface HeatMap {
  readonly grid: GridShape
  /** One number per cell, row by row; `null` draws the picture alone. */
  readonly values: Float32Array | null
  /** Value of full colour. */
  readonly maximum: number
  /** Part of the picture that the cells cover, in the picture's pixels. */
  readonly seen: PixelBox
  /** Cell to outline, by its place in `values`; `null` for none. */
  readonly outlined: number | null
}

/** Id of the picture among the drawing's definitions. */
const pictureId = 'picture'

/** Space between cells, in the drawing's unit. */
const gap = 0.8

/** The picture once, for all the maps of a drawing to use. */
export function pictureDefinition({ href, width, height }: DisplayPicture): Svg {
  return element('image', { id: pictureId, width, height, 'xlink:href': href, preserveAspectRatio: 'none' })
}

/** Scale that fits a picture into a box without cutting it. */
export function fitScale(picture: DisplayPicture, width: number, height: number): number {
  return Math.min(width / picture.width, height / picture.height)
}

/**
 * The greyed picture with hard cells over the part that the model saw; the rest of it is dimmed. The top left corner is the origin.
 * @param scale drawing units per pixel of the picture
 */
export function heatMap(pen: Pen, picture: DisplayPicture, map: HeatMap, scale: number): Svg {
  const seen = scaled(map.seen, scale)
  return [
    element('use', { 'xlink:href': `#${pictureId}`, transform: `scale(${scale})` }),
    dimmed(pen, { left: 0, top: 0, width: picture.width * scale, height: picture.height * scale }, seen),
    ...colouredCells(pen, map, seen),
    frame(pen, picture.width * scale, picture.height * scale),
    ...outline(pen, map, seen),
  ].join('')
}

/** A fine edge, so that a white picture does not run out into the sheet. */
function frame({ palette }: Pen, width: number, height: number): Svg {
  return element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: 'none', stroke: palette.lineStrong })
}

function colouredCells({ theme }: Pen, { grid, values, maximum }: HeatMap, seen: PixelBox): Svg[] {
  if (values === null) return []
  return cells(grid).map((cell, place) => {
    const colour = ramp(normalise(values[place] ?? 0, maximum), theme)
    if (colour[3] < 0.004) return ''
    const { left, top, width, height } = pixelBox(grid, cell, seen)
    return element('rect', { x: left, y: top, width: width - gap, height: height - gap, ...fillOf(colour) })
  })
}

function outline({ palette }: Pen, { grid, outlined, values }: HeatMap, seen: PixelBox): Svg[] {
  const cell = outlined === null || values === null ? undefined : cells(grid)[outlined]
  if (cell === undefined) return []
  const { left, top, width, height } = pixelBox(grid, cell, seen)
  return [
    element('rect', {
      x: left,
      y: top,
      width: width - gap,
      height: height - gap,
      fill: 'none',
      stroke: palette.ink,
      'stroke-width': 2,
    }),
  ]
}

/** A veil over what was cut off before the model saw the picture. */
function dimmed({ palette }: Pen, whole: PixelBox, seen: PixelBox): Svg {
  if (seen.width >= whole.width - 0.5 && seen.height >= whole.height - 0.5) return ''
  const d = `${boxPath(whole)} ${boxPath(seen)}`
  return element('path', { d, 'fill-rule': 'evenodd', fill: palette.ground, 'fill-opacity': 0.72 })
}

function boxPath({ left, top, width, height }: PixelBox): string {
  return `M${left} ${top}h${width}v${height}h${-width}z`
}

function scaled({ left, top, width, height }: PixelBox, scale: number): PixelBox {
  return { left: left * scale, top: top * scale, width: width * scale, height: height * scale }
}
