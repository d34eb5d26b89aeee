import type { Tone } from '../../../../shared/colour/ramp.ts'
import { relevanceColour } from '../../../../shared/colour/ramp.ts'
import type { PixelBox } from '../../../../shared/explanation/record.ts'
import type { Cell, GridShape } from '../../../../shared/sequence/patch-grid.ts'
import { cells, pixelBox } from '../../../../shared/sequence/patch-grid.ts'
import { element as at } from '../../../../shared/values/element.ts'
import type { DisplayPicture } from '../display-picture.ts'
import type { Pen } from '../text/pen.ts'
import type { Svg } from '../text/svg.ts'
import { element, fillOf } from '../text/svg.ts'
import { region } from './region.ts'
import { smoothMap } from './smooth-map.ts'

/** Colours of a map, as a view holds them. */
export interface MapColours extends GridShape {
  /** One number per cell, row by row; NaN where nothing is drawn. */
  readonly values: Float32Array
  /** Share of full colour per cell, in [-1, 1]. */
  readonly shares: Float32Array
  readonly tone: Tone
}

/** A map over a picture. */
export interface HeatMap {
  /** `null` draws the picture alone. */
  readonly map: MapColours | null
  /** Part of the picture that the cells cover, in the picture's pixels. */
  readonly seen: PixelBox
  /** Whether cells run into each other. */
  readonly smooth: boolean
  /** Place of the strongest cell, which gets a frame; `null` for none. */
  readonly strongest: number | null
  /** Cells with one line around them all, and the grid that they are of; `null` for none. */
  readonly outlined: { readonly grid: GridShape; readonly cells: readonly Cell[] } | null
}

/** Space between cells, in the drawing's unit. */
const gap = 0.8

/** The picture once, for all the maps of a drawing to use. */
export function pictureDefinition(id: string, { href, width, height }: DisplayPicture): Svg {
  return element('image', { id, width, height, 'xlink:href': href, preserveAspectRatio: 'none' })
}

/** Scale that fits a picture into a box without cutting it. */
export function fitScale(picture: DisplayPicture, width: number, height: number): number {
  return Math.min(width / picture.width, height / picture.height)
}

/**
 * The greyed picture with its map over the part that the model saw; the rest of it is dimmed. The top left corner is the origin.
 * @param id of the picture's definition
 * @param scale drawing units per pixel of the picture
 */
export function heatMap(pen: Pen, id: string, picture: DisplayPicture, drawn: HeatMap, scale: number): Svg {
  const seen = scaled(drawn.seen, scale)
  const { map, smooth, strongest, outlined } = drawn
  return [
    element('use', { 'xlink:href': `#${id}`, transform: `scale(${scale})` }),
    dimmed(pen, { left: 0, top: 0, width: picture.width * scale, height: picture.height * scale }, seen),
    map === null ? '' : smooth ? smoothMap(map, seen, pen.theme) : hardCells(pen, map, seen),
    frame(pen, picture.width * scale, picture.height * scale),
    map === null || strongest === null ? '' : strongestFrame(pen, map, strongest, seen),
    outlined === null ? '' : region(pen, outlined.grid, outlined.cells, seen),
  ].join('')
}

/** A fine edge, so that a white picture does not run out into the sheet. */
function frame({ palette }: Pen, width: number, height: number): Svg {
  return element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: 'none', stroke: palette.lineStrong })
}

function hardCells({ theme }: Pen, map: MapColours, seen: PixelBox): Svg {
  return cells(map)
    .map((cell, place) => {
      if (Number.isNaN(at(map.values, place))) return ''
      const colour = relevanceColour(at(map.shares, place), map.tone, theme)
      return element('rect', { ...boxOf(map, cell, seen), ...fillOf(colour), 'data-cell': place })
    })
    .join('')
}

function boxOf(grid: GridShape, cell: Cell, seen: PixelBox): Readonly<Record<'x' | 'y' | 'width' | 'height', number>> {
  const { left, top, width, height } = pixelBox(grid, cell, seen)
  return { x: left, y: top, width: width - gap, height: height - gap }
}

function strongestFrame({ palette }: Pen, map: MapColours, place: number, seen: PixelBox): Svg {
  return element('rect', {
    ...boxOf(map, at(cells(map), place), seen),
    fill: 'none',
    stroke: palette.ink,
    'stroke-width': 2,
    'data-role': 'strongest',
  })
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
