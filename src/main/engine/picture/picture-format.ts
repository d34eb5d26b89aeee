import type { PictureFormat } from '../../../shared/explanation/record.ts'

type Signature<Found extends string> = readonly [found: Found, bytes: RegExp]

/** How the formats that are opened begin; bytes read as Latin-1. */
const opened: readonly Signature<PictureFormat>[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['gif', /^GIF8[79]a/],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
]

/** How other files begin that people take for pictures, in the words of the sentence. The order matters: the general ones come last. */
const refused: readonly Signature<string>[] = [
  ['a PDF document', /^%PDF-/],
  ['an AVIF picture', /^[^]{4}ftypavi[fs]/],
  ['a HEIF picture', /^[^]{4}ftyp(hei[cmsx]|hev[cx]|mif1|msf1)/],
  ['a video', /^([^]{4}ftyp|\x1aE\xdf\xa3|RIFF[^]{4}AVI )/],
  ['a JPEG XL picture', /^(\xff\x0a|[^]{4}JXL \r\n)/],
  ['a JPEG 2000 picture', /^([^]{4}jP {2}\r\n|\xffO\xffQ)/],
  ['a BMP picture', /^BM[^]{8}/],
  ['a Windows icon', /^\0\0[\x01\x02]\0[^]{2}/],
  ['a Photoshop document', /^8BPS/],
  ['a PostScript document', /^%!PS/],
  ['an OpenEXR picture', /^v\/1\x01/],
  ['a Radiance HDR picture', /^#\?(RADIANCE|RGBE)/],
  ['a portable pixmap', /^P[1-7fF]\s/],
  ['a libvips picture', /^(\x08\xf2\xa6\xb6|\xb6\xa6\xf2\x08)/],
  ['a ZIP archive or office document', /^PK\x03\x04/],
  ['a compressed archive', /^(\x1f\x8b|\xfd7zXZ|BZh|7z\xbc\xaf|Rar!)/],
  ['a program', /^(\x7fELF|MZ|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/],
  ['a web page', /^(\xef\xbb\xbf)?\s*(<!DOCTYPE html|<html)/i],
  ['an SVG drawing', /^(\xef\xbb\xbf)?\s*(<\?xml[^]*?)?(<!--[^]*?-->\s*|<!DOCTYPE[^]*?>\s*)*<(\w+:)?svg[\s>]/i],
  ['an XML file', /^(\xef\xbb\xbf)?\s*<\?xml/],
]

/** Format of a picture, judged by its first bytes, never by its name; `null` for anything else. */
export function formatOf(bytes: Uint8Array): PictureFormat | null {
  const start = latin1(bytes)
  return opened.find(([, signature]) => signature.test(start))?.[0] ?? null
}

/** What a file is that Whence does not open, in the user's words: "an SVG drawing". */
export function describeContent(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file'
  const start = latin1(bytes)
  const found = refused.find(([, signature]) => signature.test(start))?.[0]
  return found ?? (isText(bytes) ? 'a text file' : 'a file of an unknown kind')
}

/** Enough to recognise a format; the drawing's first element may stand behind comments. */
const startLength = 4096

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, startLength)).toString('latin1')
}

function isText(bytes: Uint8Array): boolean {
  try {
    // A stream: the cut may go through a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, startLength), { stream: true })
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)
  } catch {
    return false
  }
}
