import { present } from '../../../../shared/values/element.ts'
/** Widths of a font's characters, enough to lay out lines without a browser. Kerning is left out: a line comes out a hair wider than it is drawn. */
export interface FontMetrics {
  /** Width of a line of text at a font size, in the size's unit. */
  width(text: string, size: number): number
  /** Whether the font has a shape for every character. */
  covers(text: string): boolean
}

/**
 * Reads the widths of a TrueType or OpenType font.
 * @param bytes the file; it is our own, so a broken one is a bug
 */
export function fontMetrics(bytes: Uint8Array): FontMetrics {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = tableOffsets(view)
  const table = (name: string): number => tables.get(name) ?? raise(`the font has no table ${name}`)
  const unitsPerEm = view.getUint16(table('head') + 18)
  const glyphOf = glyphFinder(view, table('cmap'))
  const metrics = view.getUint16(table('hhea') + 34)
  const advance = (glyph: number): number => view.getUint16(table('hmtx') + Math.min(glyph, metrics - 1) * 4)
  return {
    width: (text, size) =>
      (Array.from(text, codePoint).reduce((sum, code) => sum + advance(glyphOf(code)), 0) / unitsPerEm) * size,
    covers: (text) => Array.from(text, codePoint).every((code) => glyphOf(code) !== 0),
  }
}

function codePoint(character: string): number {
  return present(character.codePointAt(0), 'a character')
}

function tableOffsets(view: DataView): Map<string, number> {
  const entries = Array.from({ length: view.getUint16(4) }, (_, at) => 12 + at * 16)
  return new Map(entries.map((entry) => [tag(view, entry), view.getUint32(entry + 8)]))
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)))
}

type GlyphFinder = (code: number) => number

/** Characters to glyphs, by the first Unicode table of the two usual formats; 0 is the missing glyph. */
function glyphFinder(view: DataView, cmap: number): GlyphFinder {
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, at) => cmap + view.getUint32(cmap + 4 + at * 8 + 4))
  const full = subtables.find((at) => view.getUint16(at) === 12)
  if (full !== undefined) return segmentedCoverage(view, full)
  const basic = subtables.find((at) => view.getUint16(at) === 4) ?? raise('the font maps no Unicode characters')
  return segmentMapping(view, basic)
}

/** Format 12: ranges of 32-bit characters. */
function segmentedCoverage(view: DataView, at: number): GlyphFinder {
  const ranges = Array.from({ length: view.getUint32(at + 12) }, (_, range) => at + 16 + range * 12)
  return (code) => {
    const range = ranges.find((each) => view.getUint32(each) <= code && code <= view.getUint32(each + 4))
    return range === undefined ? 0 : view.getUint32(range + 8) + code - view.getUint32(range)
  }
}

/** Format 4: ranges of 16-bit characters, each with a difference or a list. */
function segmentMapping(view: DataView, at: number): GlyphFinder {
  const doubled = view.getUint16(at + 6)
  const [ends, starts] = [at + 14, at + 16 + doubled]
  const [deltas, offsets] = [starts + doubled, starts + 2 * doubled]
  const segments = Array.from({ length: doubled / 2 }, (_, segment) => segment * 2)
  return (code) => {
    const segment = segments.find((each) => code <= view.getUint16(ends + each))
    if (segment === undefined || code < view.getUint16(starts + segment)) return 0
    const offset = view.getUint16(offsets + segment)
    const delta = view.getUint16(deltas + segment)
    if (offset === 0) return (code + delta) & 0xffff
    const glyph = view.getUint16(offsets + segment + offset + 2 * (code - view.getUint16(starts + segment)))
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
}

function raise(message: string): never {
  throw new Error(message)
}
