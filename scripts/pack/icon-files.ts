import { Resvg } from '@resvg/resvg-js'

/** A file of an icon, by its path below `resources/icons`. */
export interface IconFile {
  readonly path: string
  readonly bytes: Uint8Array
}

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 24, 32, 48, 64, 128, 256]
/** Types of macOS that hold a PNG, with its size in pixels. */
const macSizes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 } as const

/** Everything the systems want of the icon: PNG in sizes for Linux, `.ico` for Windows, `.icns` for macOS, one PNG for windows. */
export function iconFiles(svg: string): readonly IconFile[] {
  const draw = (size: number): Uint8Array => new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()
  return [
    ...linuxSizes.map((size) => ({ path: `linux/${size}x${size}.png`, bytes: draw(size) })),
    { path: 'icon.png', bytes: draw(512) },
    { path: 'icon.ico', bytes: windowsIcon(windowsSizes.map((size) => ({ size, png: draw(size) }))) },
    { path: 'icon.icns', bytes: macIcon(Object.entries(macSizes).map(([type, size]) => ({ type, png: draw(size) }))) },
  ]
}

/** An ICO of PNGs: a header, one entry of 16 bytes each, the pictures. A width of 256 is written as 0. */
function windowsIcon(pictures: readonly { readonly size: number; readonly png: Uint8Array }[]): Uint8Array {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let place = head.length
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(place, at + 12)
    place += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** An ICNS of PNGs: the whole length, then for each its type, its length with this head, and the picture. */
function macIcon(pictures: readonly { readonly type: string; readonly png: Uint8Array }[]): Uint8Array {
  const parts = pictures.flatMap(({ type, png }) => [chunkHead(type, png.length), png])
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([chunkHead('icns', length), ...parts])
}

function chunkHead(type: string, length: number): Uint8Array {
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32BE(length + 8, 4)
  return head
}
