import type { Rgb, Rgba } from '../../../../shared/colour/rgba.ts'

/** A piece of SVG, safe to put into another: everything in it went through {@link element}. */
export type Svg = string

/** Attributes of an element; `null` leaves one out. Numbers are written with at most two decimals. */
export type Attributes = Readonly<Record<string, string | number | null>>

/** What a piece of a drawing shows, for whoever reads it; the same names in every drawing: docs/exports.md. */
export type Marks = Readonly<Record<`data-${string}`, string | number | null>>

/** A piece of a drawing with its height. */
export interface Block {
  readonly height: number
  readonly svg: Svg
}

/** An element with its children, all values escaped. */
export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const written = Object.entries(attributes).map(([key, value]) => (value === null ? '' : ` ${key}="${attribute(value)}"`))
  const open = `<${name}${written.join('')}`
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`
}

/** Elements that belong together, moved by (x, y). */
export function group(x: number, y: number, ...children: readonly Svg[]): Svg {
  return element('g', { transform: `translate(${short(x)} ${short(y)})` }, ...children)
}

/** A text for a place in the document: marks escaped, characters that XML does not know shown as U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** An opaque colour as SVG 1.1 writes it. */
export function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Fill of a colour with alpha, in two attributes that every renderer knows. */
export function fillOf([red, green, blue, alpha]: Rgba): Attributes {
  return { fill: hex([red, green, blue]), 'fill-opacity': Number(alpha.toFixed(3)) }
}

function attribute(value: string | number): string {
  return typeof value === 'number' ? short(value) : escapeXml(value)
}

function short(value: number): string {
  if (!Number.isFinite(value)) throw new Error('a length of the drawing is not finite')
  return String(Number(value.toFixed(value < 1 && value > -1 ? 4 : 2)))
}
