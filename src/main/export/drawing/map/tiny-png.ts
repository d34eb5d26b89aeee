import { deflateSync } from 'node:zlib'
import { pngChunk } from '../png-text.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * A PNG of a few pixels.
 * @param pixels red, green, blue and alpha of each, row by row
 */
export function tinyPng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // 8 bits, red, green, blue and alpha; compression, filter and interlace as ever.
  head.set([8, 6, 0, 0, 0], 8)
  const rows = Array.from({ length: height }, (_, row) => [0, ...pixels.subarray(row * width * 4, (row + 1) * width * 4)])
  return Buffer.concat([
    signature,
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
