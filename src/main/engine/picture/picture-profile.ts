const headerLength = 128
const tagLength = 12
const mostTags = 100

/**
 * Name of an ICC colour profile, such as "Display P3", from its description tag (ICC.1, versions 2 and 4). `null` when it has none that can be read:
 * the profile comes from a file that nobody vouches for.
 */
export function profileName(profile: Uint8Array): string | null {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength)
  if (profile.length < headerLength + 4) return null
  const tags = Math.min(view.getUint32(headerLength), mostTags)
  for (let tag = 0, at = headerLength + 4; tag < tags && at + tagLength <= profile.length; tag++, at += tagLength) {
    if (ascii(profile, at, 4) === 'desc') return clean(description(profile, view, view.getUint32(at + 4)))
  }
  return null
}

function description(profile: Uint8Array, view: DataView, at: number): string {
  if (at + 28 > profile.length) return ''
  const type = ascii(profile, at, 4)
  if (type === 'desc') return ascii(profile, at + 12, Math.max(0, view.getUint32(at + 8) - 1))
  if (type !== 'mluc') return ''
  const [length, offset] = [view.getUint32(at + 20), view.getUint32(at + 24)]
  return new TextDecoder('utf-16be').decode(profile.subarray(at + offset, at + offset + length))
}

function ascii(profile: Uint8Array, at: number, length: number): string {
  return Buffer.from(profile.subarray(at, at + Math.min(length, 200))).toString('latin1')
}

function clean(name: string): string | null {
  const plain = name
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
    .trim()
    .slice(0, 80)
  return plain === '' ? null : plain
}
