/**
 * Renders every noun in every artwork style as 128 x 128 RGBA.
 * Usage: node sprites.mjs [FOLDER]    writes FOLDER/sprites.raw and FOLDER/sprites.json (default: build)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { iconOf, rasterise, styles, vocabulary } from './artwork.mjs'

const SIZE = 128
const DRAWN = 256

async function renderAll() {
  const rows = []
  const pixels = []
  const missing = []
  for (const { category, noun } of vocabulary) {
    for (const style of styles) {
      const icon = iconOf(noun, style)
      if (!icon) {
        missing.push(`${noun} (${style})`)
        continue
      }
      pixels.push(await rasterise(icon, SIZE, DRAWN))
      rows.push({ cat: category, noun, style })
    }
  }
  return { rows, pixels, missing }
}

const folder = process.argv[2] ?? 'build'
const { rows, pixels, missing } = await renderAll()
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/sprites.raw`, Buffer.concat(pixels))
writeFileSync(`${folder}/sprites.json`, JSON.stringify(rows))
console.log(`${rows.length} sprites of ${new Set(rows.map((row) => row.noun)).size} nouns; missing: ${missing.join(', ')}`)
