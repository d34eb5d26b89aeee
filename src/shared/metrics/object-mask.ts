import type { PixelBox } from '../explanation/record.ts'
import type { GridShape } from '../sequence/patch-grid.ts'
import { cells, pixelBox } from '../sequence/patch-grid.ts'

/** Which object every pixel of a picture shows: one label per pixel, row by row. */
export interface ObjectMask {
  readonly width: number
  readonly height: number
  readonly labels: Uint8Array
}

/**
 * Share of every patch that shows an object, by area: Y in [0, 1], row by row. Pixels cut by a patch's edge count with the part inside; what lies beyond
 * the picture shows nothing.
 * @param seen part of the picture the model saw, in the mask's pixels
 */
export function maskOnGrid(mask: ObjectMask, label: number, grid: GridShape, seen: PixelBox): Float32Array {
  return Float32Array.from(cells(grid), (cell) => shareOf(mask, label, pixelBox(grid, cell, seen)))
}

function shareOf({ width, height, labels }: ObjectMask, label: number, box: PixelBox): number {
  let area = 0
  for (const row of overlaps(box.top, box.height, height)) {
    for (const column of overlaps(box.left, box.width, width)) {
      if (labels[row.pixel * width + column.pixel] === label) area += row.part * column.part
    }
  }
  return area / (box.width * box.height)
}

/** The pixels of one axis under an interval, and how much of each. */
function overlaps(start: number, length: number, pixels: number): { readonly pixel: number; readonly part: number }[] {
  const first = Math.max(0, Math.floor(start))
  const end = Math.min(pixels, Math.ceil(start + length))
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => {
    const pixel = first + index
    return { pixel, part: Math.min(pixel + 1, start + length) - Math.max(pixel, start) }
  })
}
