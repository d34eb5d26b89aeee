/**
 * Composes the twelve sample pictures, their object masks and samples.json.
 * Usage: node samples.mjs FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { iconOf, rasterise } from './artwork.mjs'

/** Side of a sample picture, pixels. */
const SIDE = 768
const DRAWN = 1024
/** Opacity above which a pixel belongs to an object's mask; the training scenes use the same. */
const MASK_OPACITY = 0.4

const colours = { red: [214, 40, 40], blue: [45, 100, 215] }

/** One object: noun, artwork style, centre and side as fractions of the picture, colour if repainted. */
const object = (noun, artwork, x, y, side, color = null) => ({ noun, artwork, x, y, side, color })

/** Background (top left to bottom right) and objects of each sample, the later over the earlier. */
const samples = {
  breakfast: {
    gradient: ['#f8e696', '#f1d987'],
    objects: [
      object('croissant', 'noto', 0.27, 0.35, 0.36),
      object('coffee', 'fluent-emoji-flat', 0.72, 0.33, 0.34),
      object('orange', 'noto', 0.5, 0.74, 0.34),
    ],
  },
  safari: {
    gradient: ['#86c586', '#6fb56f'],
    objects: [
      object('elephant', 'noto', 0.27, 0.3, 0.4),
      object('lion', 'twemoji', 0.73, 0.33, 0.36),
      object('zebra', 'noto', 0.52, 0.75, 0.38),
    ],
  },
  harbour: {
    gradient: ['#8fbdf0', '#6fa6e6'],
    objects: [
      object('sailboat', 'twemoji', 0.3, 0.3, 0.4),
      object('whale', 'noto', 0.7, 0.62, 0.42),
      object('anchor', 'fluent-emoji-flat', 0.25, 0.77, 0.28),
    ],
  },
  band: {
    gradient: ['#efe9e1', '#ddd3c6'],
    objects: [
      object('guitar', 'noto', 0.26, 0.4, 0.42, 'red'),
      object('drum', 'twemoji', 0.7, 0.32, 0.36),
      object('trumpet', 'fluent-emoji-flat', 0.6, 0.76, 0.36),
    ],
  },
  cats: {
    gradient: ['#fafafa', '#eceff2'],
    objects: [
      object('cat', 'noto', 0.25, 0.27, 0.33),
      object('cat', 'twemoji', 0.73, 0.27, 0.33),
      object('cat', 'fluent-emoji-flat', 0.26, 0.74, 0.33),
      object('dog', 'noto', 0.73, 0.74, 0.34),
    ],
  },
  cars: {
    gradient: ['#c4c4c8', '#aeaeb4'],
    objects: [
      object('car', 'noto', 0.28, 0.3, 0.4, 'red'),
      object('bicycle', 'twemoji', 0.72, 0.34, 0.36, 'blue'),
      object('truck', 'fluent-emoji-flat', 0.48, 0.74, 0.38),
    ],
  },
  birthday: {
    gradient: ['#f8c8d7', '#f2b4c8'],
    objects: [
      object('cake', 'noto', 0.5, 0.7, 0.42),
      object('balloon', 'twemoji', 0.24, 0.3, 0.34, 'blue'),
      object('gift', 'fluent-emoji-flat', 0.76, 0.3, 0.34),
    ],
  },
  market: {
    gradient: ['#fbfbf7', '#f0f0ea'],
    objects: [
      object('banana', 'noto', 0.26, 0.27, 0.33),
      object('watermelon', 'twemoji', 0.74, 0.27, 0.34),
      object('strawberry', 'noto', 0.27, 0.74, 0.32),
      object('pineapple', 'fluent-emoji-flat', 0.74, 0.73, 0.36),
    ],
  },
  space: {
    gradient: ['#1c1c1e', '#26262c'],
    objects: [
      object('rocket', 'noto', 0.32, 0.38, 0.42),
      object('moon', 'twemoji', 0.75, 0.24, 0.28),
      object('star', 'fluent-emoji-flat', 0.7, 0.74, 0.3),
    ],
  },
  garden: {
    gradient: ['#9ccf8f', '#7fbf7a'],
    objects: [
      object('sunflower', 'noto', 0.28, 0.34, 0.4),
      object('butterfly', 'twemoji', 0.73, 0.27, 0.33),
      object('bee', 'noto', 0.72, 0.72, 0.32),
      object('snail', 'fluent-emoji-flat', 0.27, 0.79, 0.28),
    ],
  },
  games: {
    gradient: ['#d9c3a5', '#c9ae8a'],
    objects: [
      object('soccer ball', 'twemoji', 0.28, 0.3, 0.36),
      object('basketball', 'noto', 0.72, 0.33, 0.36),
      object('skateboard', 'fluent-emoji-flat', 0.5, 0.77, 0.36),
    ],
  },
  one: { gradient: ['#f4f4f4', '#e6e6e6'], objects: [object('panda', 'noto', 0.5, 0.5, 0.62)] },
}

const luminance = (rgba, i) => (0.3 * rgba[i] + 0.59 * rgba[i + 1] + 0.11 * rgba[i + 2]) / 255
const clamp = (value, low, high) => Math.max(low, Math.min(high, value))

/** Third and ninety-seventh percentile of the luminance of the opaque pixels. */
function luminanceRange(rgba) {
  const values = []
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i + 3] > 128) values.push(luminance(rgba, i))
  values.sort((a, b) => a - b)
  return [values[Math.trunc(values.length * 0.03)], values[Math.trunc(values.length * 0.97)]]
}

/** Repaints in place: dark parts become a dark shade of the colour, the brightest ones a light shade. */
function repaint(rgba, colour) {
  const [low, high] = luminanceRange(rgba)
  for (let i = 0; i < rgba.length; i += 4) {
    const light = clamp((luminance(rgba, i) - low) / (high - low + 1e-3), 0, 1)
    colour.forEach((channel, k) => {
      rgba[i + k] = clamp(channel * (0.45 + 0.55 * light) + (255 - channel) * 0.25 * Math.max(0, light - 0.7), 0, 255)
    })
  }
}

async function sprite({ noun, artwork, color }, side) {
  const rgba = await rasterise(iconOf(noun, artwork), side, DRAWN)
  if (color !== null) repaint(rgba, colours[color])
  return rgba
}

function background([from, to]) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`
  return sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer()
}

/** Draws a sprite over the picture and writes `value` into the mask where it is opaque enough. */
function paste(picture, mask, rgba, [left, top, side], value) {
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (left + x < 0 || top + y < 0 || left + x >= SIDE || top + y >= SIDE) continue
      const from = (y * side + x) * 4
      const to = (top + y) * SIDE + left + x
      const opacity = rgba[from + 3] / 255
      for (let k = 0; k < 3; k++) picture[to * 4 + k] = Math.round(picture[to * 4 + k] * (1 - opacity) + rgba[from + k] * opacity)
      if (opacity > MASK_OPACITY) mask[to] = value
    }
  }
}

async function compose({ gradient, objects }) {
  const picture = await background(gradient)
  const mask = Buffer.alloc(SIDE * SIDE)
  const placed = []
  for (const item of objects) {
    const side = Math.round(item.side * SIDE)
    const left = Math.round(item.x * SIDE - side / 2)
    const top = Math.round(item.y * SIDE - side / 2)
    placed.push({ noun: item.noun, color: item.color, box: [left, top, side, side], artwork: item.artwork })
    paste(picture, mask, await sprite(item, side), [left, top, side], placed.length)
  }
  return { picture, mask, placed }
}

async function write(folder, name, { picture, mask, placed }) {
  const square = { width: SIDE, height: SIDE }
  await sharp(picture, { raw: { ...square, channels: 4 } })
    .removeAlpha()
    .png({ palette: false, compressionLevel: 9 })
    .toFile(`${folder}/${name}.png`)
  await sharp(mask, { raw: { ...square, channels: 1 } })
    .png()
    .toFile(`${folder}/${name}.objects.png`)
  return {
    picture: `${name}.png`,
    mask: `${name}.objects.png`,
    note: 'mask value k marks the k-th object, 0 the background',
    objects: placed,
  }
}

const folder = process.argv[2]
if (!folder) throw new Error('usage: node samples.mjs FOLDER')
mkdirSync(folder, { recursive: true })
const index = {}
for (const [name, sample] of Object.entries(samples)) index[name] = await write(folder, name, await compose(sample))
writeFileSync(`${folder}/samples.json`, JSON.stringify(index, null, 1))
