/** A field with a length: strings, bytes, messages. */
export function delimited(field: number, body: readonly Uint8Array[]): Uint8Array[] {
  const length = body.reduce((sum, part) => sum + part.length, 0)
  return [varintBytes(field * 8 + 2), varintBytes(length), ...body]
}

/** A number as protobuf writes it, seven bits to a byte, the lowest first. */
export function varintBytes(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
