import { crc32 } from 'node:zlib'

/** Length of a PNG's signature and its first chunk, the header. */
const headEnd = 8 + 25

/**
 * A PNG with texts in it, right behind its header (iTXt chunks: UTF-8, not compressed).
 * @param texts by keyword: 1 to 79 characters of Latin-1, such as those that the specification registers (`Description`, `Software`)
 */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text))
  return Buffer.concat([png.subarray(0, headEnd), ...chunks, png.subarray(headEnd)])
}

function textChunk(keyword: string, text: string): Uint8Array {
  // After the keyword: not compressed, no language, no translated keyword.
  const data = Buffer.concat([Buffer.from(keyword, 'latin1'), Buffer.alloc(5), Buffer.from(text.replaceAll('\0', '\uFFFD'))])
  return pngChunk('iTXt', data)
}

/** A piece of a PNG: its length, its type of four letters, its data and a checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([wholeNumber(data.length), named, wholeNumber(crc32(named))])
}

function wholeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
