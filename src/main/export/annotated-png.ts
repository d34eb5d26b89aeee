import { renderAsync } from '@resvg/resvg-js'
import type { Svg } from './svg.ts'
import type { Typeface } from './typeface.ts'
import { fontFamily } from './typeface.ts'

/** Pixels per drawing unit: sharp on a dense screen and in print, without being large. */
export const pixelsPerUnit = 1.5

/**
 * Draws an SVG made by {@link annotatedSvg} as a PNG, with the bundled typeface. Only a text with characters that it lacks (an emoji, Chinese) makes the
 * system's fonts be asked.
 */
export async function annotatedPng(svg: Svg, { files, metrics }: Typeface): Promise<Uint8Array> {
  const texts = svg.replaceAll(/<[^>]*>/g, '')
  const drawn = await renderAsync(svg, {
    font: {
      fontFiles: [...files],
      loadSystemFonts: !metrics.regular.covers(texts),
      defaultFontFamily: fontFamily,
      sansSerifFamily: fontFamily,
    },
    fitTo: { mode: 'zoom', value: pixelsPerUnit },
    logLevel: 'off',
  })
  return drawn.asPng()
}
