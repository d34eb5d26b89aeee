/**
 * A value as JSON for programs that do not unpack: typed arrays become base64 of their little-endian bytes, numbers JSON has no word for become
 * `null`, and what is `undefined` is left out.
 */
export function jsonText(value: unknown): string {
  // `this` holds the value before `toJSON`, which Node's buffers have.
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, changed: unknown): unknown {
    const original = this[key]
    if (!ArrayBuffer.isView(original)) return changed
    return Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('base64')
  })
}
