import { readFileSync } from 'node:fs'
import sharp from 'sharp'

const here = (path) => new URL(path, import.meta.url)
const nouns = JSON.parse(readFileSync(here('nouns.json'), 'utf8'))

/** Names of the icons that may show a noun, best first, by noun. */
const candidates = Object.assign({}, ...Object.values(nouns))

/** Category and noun of everything the model knows, in the order that numbers the classes. */
export const vocabulary = Object.entries(nouns).flatMap(([category, entries]) =>
  Object.keys(entries).map((noun) => ({ category, noun })),
)

/** Artwork sets (Iconify package names); `openmoji` is held out of training and never shipped. */
export const styles = ['twemoji', 'noto', 'fluent-emoji-flat', 'fluent-emoji', 'emojione', 'openmoji']

const sets = new Map()
function iconSet(style) {
  if (!sets.has(style)) sets.set(style, JSON.parse(readFileSync(here(`node_modules/@iconify-json/${style}/icons.json`), 'utf8')))
  return sets.get(style)
}

const MAX_ALIASES = 5

/** The icon of that name with its width and height, through at most five aliases; `undefined` if the set lacks it. */
function findIcon(style, name, aliases = 0) {
  const set = iconSet(style)
  const icon = set.icons[name]
  if (icon) return { ...icon, width: icon.width || set.width || 16, height: icon.height || set.height || 16 }
  const alias = set.aliases?.[name]
  return alias && aliases < MAX_ALIASES ? findIcon(style, alias.parent, aliases + 1) : undefined
}

/** The first icon of the style that shows the noun; `undefined` if there is none. */
export function iconOf(noun, style) {
  for (const name of candidates[noun]) {
    const icon = findIcon(style, name)
    if (icon) return icon
  }
  return undefined
}

const transparent = { r: 0, g: 0, b: 0, alpha: 0 }

/**
 * Pixels of an icon, trimmed to what it draws and centred on a transparent square.
 * @param size side of the square, pixels
 * @param drawn side at which the vector drawing is first rendered, pixels
 * @returns RGBA bytes, size x size x 4
 */
export async function rasterise(icon, size, drawn) {
  const viewBox = `${icon.left || 0} ${icon.top || 0} ${icon.width} ${icon.height}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${drawn}" height="${drawn}" viewBox="${viewBox}">${icon.body}</svg>`
  const png = await sharp(Buffer.from(svg)).ensureAlpha().png().toBuffer()
  const trimmed = await sharp(png).trim({ background: transparent, threshold: 1 }).toBuffer()
  return sharp(trimmed).resize(size, size, { fit: 'contain', background: transparent }).ensureAlpha().raw().toBuffer()
}
