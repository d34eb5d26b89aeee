/** An opaque colour: red, green and blue in sRGB, whole numbers from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** A colour with alpha from 0 (not there) to 1 (opaque), not premultiplied. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

/** The colour seen when one with alpha lies over an opaque ground; blended in sRGB, as browsers and canvases do. */
export function over([red, green, blue, alpha]: Rgba, ground: Rgb): Rgb {
  const blend = (value: number, below: number) => Math.round(value * alpha + below * (1 - alpha))
  return [blend(red, ground[0]), blend(green, ground[1]), blend(blue, ground[2])]
}

/** The colour as CSS and SVG write it: `rgb(217 84 30 / 0.85)`. */
export function cssColour([red, green, blue, alpha]: Rgba): string {
  return `rgb(${red} ${green} ${blue} / ${Number(alpha.toFixed(3))})`
}

/** Light intensity of an sRGB channel, in [0, 1]. */
export function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** The sRGB channel of a light intensity in [0, 1], a whole number from 0 to 255. */
export function channel(intensity: number): number {
  const share = intensity <= 0.0031308 ? intensity * 12.92 : 1.055 * intensity ** (1 / 2.4) - 0.055
  return Math.round(255 * Math.max(0, Math.min(1, share)))
}
