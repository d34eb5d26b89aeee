import type { Rgb } from './rgba.ts'
import { linear } from './rgba.ts'

const black: Rgb = [0, 0, 0]
const white: Rgb = [255, 255, 255]

/** Relative luminance, 0 for black to 1 for white (WCAG 2.2). */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** Contrast ratio of two colours, 1 to 21, whichever is the text (WCAG 2.2). */
export function contrast(first: Rgb, second: Rgb): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Black or white, whichever reads better on the ground; its contrast is never below 4.5, as text needs (WCAG 2.2, level AA, 1.4.3). */
export function textColour(ground: Rgb): Rgb {
  return contrast(black, ground) >= contrast(white, ground) ? black : white
}
