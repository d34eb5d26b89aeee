import type { Point } from '../../../shared/sequence/patch-grid.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'

/** How a picture lies in a window: picture pixels times `scale` plus the offset give window pixels. */
export interface Viewport {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** A width and a height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Furthest zoom: one picture pixel as this many times the fitted size. */
const mostZoom = 16

/** The picture as large as it fits, in the middle; small pictures are enlarged. */
export function fitted(picture: Size, window: Size, margin: number): Viewport {
  const room = { width: Math.max(1, window.width - 2 * margin), height: Math.max(1, window.height - 2 * margin) }
  const scale = Math.min(room.width / picture.width, room.height / picture.height)
  return { scale, x: (window.width - picture.width * scale) / 2, y: (window.height - picture.height * scale) / 2 }
}

/** A part of the picture as large as it fits, in the middle. */
export function fittedBox(box: PixelBox, window: Size, margin: number): Viewport {
  const { scale, x, y } = fitted(box, window, margin)
  return { scale, x: x - box.left * scale, y: y - box.top * scale }
}

/** Zooms about a point of the window, which stays where it is. The scale keeps between the fitted one and {@link mostZoom} times it. */
export function zoomed(view: Viewport, at: Point, factor: number, fit: Viewport): Viewport {
  const scale = Math.max(fit.scale, Math.min(fit.scale * mostZoom, view.scale * factor))
  if (scale === fit.scale) return fit
  const share = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share }
}

/** Moves the picture; at least a quarter of the window keeps showing it. */
export function panned({ scale, x, y }: Viewport, by: Point, picture: Size, window: Size): Viewport {
  const held = (offset: number, length: number, room: number) =>
    Math.max(room * 0.25 - length * scale, Math.min(room * 0.75, offset))
  return { scale, x: held(x + by.x, picture.width, window.width), y: held(y + by.y, picture.height, window.height) }
}

/** The point of the picture under a point of the window. */
export function toPicture({ scale, x, y }: Viewport, at: Point): Point {
  return { x: (at.x - x) / scale, y: (at.y - y) / scale }
}
