import { relevanceColour } from '../colour/ramp.ts'
import type { Theme } from '../colour/ramp.ts'
import { cssColour } from '../colour/rgba.ts'
import type { KnownExplanation } from '../explanation/known.ts'
import type { View } from '../explanation/view.ts'
import type { PixelBox } from '../explanation/record.ts'
import type { Cell, GridShape } from '../sequence/patch-grid.ts'
import { cellOf, cells, pixelBox } from '../sequence/patch-grid.ts'
import { element } from '../values/element.ts'
import type { ReportLook } from './look.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

/** Part of a cell's width that stays free between it and the next. */
const gap = 1 / 60

/** The map's cells over the picture. */
export function mapPart({ map }: View, { picture }: KnownExplanation, { theme, smooth }: ReportLook): Markup[] {
  if (map === null || picture === null) return []
  return cells(map).map((cell, place) =>
    markup('rect', {
      'data-cell': place,
      ...box(map, cell, picture.seen, smooth ? 0 : gap),
      fill: fillAt(map, place, theme),
    }),
  )
}

function fillAt({ shares, tone }: NonNullable<View['map']>, place: number, theme: Theme): string {
  return cssColour(relevanceColour(element(shares, place), tone, theme))
}

/** Frames around the cells of a reverse question. */
export function askedPart({ without }: View, { grid, picture }: KnownExplanation): Markup[] {
  if (grid === null || picture === null || without === null || without.part.kind === 'text') return []
  return without.part.positions.map((at) => markup('rect', { class: 'asked', ...box(grid, cellOf(grid, at), picture.seen, gap) }))
}

function box(shape: GridShape, cell: Cell, seen: PixelBox, free: number): Record<'x' | 'y' | 'width' | 'height', number> {
  const { left, top, width, height } = pixelBox(shape, cell, seen)
  return { x: left, y: top, width: width * (1 - free), height: height - width * free }
}
