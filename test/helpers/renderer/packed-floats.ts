const mark = 'f32'

/** A value with every Float32Array in it as base64, for JSON. */
export function packFloats(value: unknown): unknown {
  if (value instanceof Float32Array) return { [mark]: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
  return mapped(value, packFloats)
}

/** Undoes {@link packFloats}. */
export function unpackFloats(value: unknown): unknown {
  const packed = typeof value === 'object' && value !== null && mark in value ? value[mark] : null
  if (typeof packed === 'string') return new Float32Array(fromBase64(packed).buffer)
  return mapped(value, unpackFloats)
}

function mapped(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part)]))
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
