import { renderAsync } from '@resvg/resvg-js'
import { present } from '../../../shared/values/element.ts'
import type { Svg } from './text/svg.ts'
import type { Typeface } from './text/typeface.ts'
import { fontFamily } from './text/typeface.ts'

/** Pixels per drawing unit: sharp on a dense screen and in print, without being large. */
export const pixelsPerUnit = 1.5

/** Most pixels of a PNG; a drawing of a very long text comes out smaller instead of filling the memory. */
const mostPixels = 1e8

/**
 * Draws an SVG made by {@link annotatedSvg} as a PNG, with the bundled typeface. Only a text with characters that it lacks (an emoji, Chinese) makes the
 * system's fonts be asked.
 * @param zoom pixels per drawing unit
 */
export async function annotatedPng(svg: Svg, { files, metrics }: Typeface, zoom: number = pixelsPerUnit): Promise<Uint8Array> {
  const drawn = await renderAsync(svg, {
    font: {
      fontFiles: [...files],
      loadSystemFonts: !metrics.regular.covers(textsOf(svg)),
      defaultFontFamily: fontFamily,
      sansSerifFamily: fontFamily,
    },
    fitTo: { mode: 'zoom', value: Math.min(zoom, Math.sqrt(mostPixels / area(svg))) },
    logLevel: 'off',
  })
  return drawn.asPng()
}

/** What is written in the drawing; what is written about it does not matter. */
function textsOf(svg: Svg): string {
  return svg.replace(/<metadata>.*<\/metadata>/s, '').replaceAll(/<[^>]*>/g, '')
}

/** In square units. */
function area(svg: Svg): number {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  return Number(present(width, 'the width of a drawing')) * Number(present(height, 'the height of a drawing'))
}
