const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const openBrace = 0x7b
const closeBracket = 0x5d
const closeBrace = 0x7d

/** Deepest nesting of objects and arrays in JSON text, found without parsing it. Text that is no JSON gives some number. */
export function jsonDepth(bytes: Uint8Array): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) at = endOfString(bytes, at)
    else if (byte === openBracket || byte === openBrace) deepest = Math.max(deepest, ++depth)
    else if (byte === closeBracket || byte === closeBrace) depth--
  }
  return deepest
}

function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at
}
