import type { Theme } from '../../../../shared/colour/ramp.ts'
import { relevanceColour } from '../../../../shared/colour/ramp.ts'
import type { PixelBox } from '../../../../shared/explanation/record.ts'
import type { Svg } from '../text/svg.ts'
import { element } from '../text/svg.ts'
import type { MapColours } from './heat-map.ts'
import { tinyPng } from './tiny-png.ts'

/** The map as a picture of one pixel per cell, enlarged until the cells run into each other: as the window smooths it. */
export function smoothMap({ rows, columns, shares, tone }: MapColours, seen: PixelBox, theme: Theme): Svg {
  const pixels = Uint8Array.from([...shares].flatMap((share) => pixelOf(relevanceColour(share, tone, theme))))
  const png = tinyPng(columns, rows, pixels)
  return element('image', {
    x: seen.left,
    y: seen.top,
    width: seen.width,
    height: seen.height,
    preserveAspectRatio: 'none',
    'xlink:href': `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    'data-role': 'smooth',
  })
}

function pixelOf([red, green, blue, alpha]: ReturnType<typeof relevanceColour>): number[] {
  return [red, green, blue, Math.round(alpha * 255)]
}
