import type { Target } from '../../shared/explanation/record.ts'
import type { ExportFormat } from './export-content.ts'

/** Longest file name without its ending, in bytes of UTF-8. */
const longestName = 120

/** Names that Windows gives to devices, whatever their ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i

/**
 * Part of a file name that is safe on every system: letters, digits and marks of any script, everything else (separators, control and direction
 * characters, punctuation) a hyphen; at most 120 bytes, or as many as are given. Empty when nothing is left.
 */
export function safeName(text: string, most: number = longestName): string {
  const words = text.normalize('NFC').replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  const cut = cutToBytes(words.replaceAll(/^-+|-+$/g, ''), most).replace(/-+$/, '')
  return deviceName.test(cut) ? `${cut}-` : cut
}

/** File name of one token's picture: `00-three.png`; tokens of the prompt begin with `prompt-`. Unique within an explanation. */
export function targetFileName({ segment, index, text }: Pick<Target, 'segment' | 'index' | 'text'>, tokens: number): string {
  const digits = Math.max(2, String(Math.max(0, tokens - 1)).length)
  const place = String(index).padStart(digits, '0')
  return `${segment === 'prompt' ? 'prompt-' : ''}${place}-${spokenName(text)}.png`
}

/** File name of the picture of the whole completion. */
export const completionFileName = 'completion.png'

const endings: Readonly<Record<ExportFormat, string>> = {
  png: '.png',
  png2x: '@2x.png',
  svg: '.svg',
  sheet: '-tokens.png',
  html: '.html',
  json: '.json',
  csv: '.csv',
}

/** Most bytes of an exported file's name before its ending: a number to tell it from others still fits into 120. */
const longestStem = 104

/**
 * Name of an exported file: `cats-dog.png`, `cats-three-cats-and-a-dog.html`.
 * @param picture what the person calls the picture; empty for a document
 * @param said what is explained
 */
export function exportFileName(picture: string, said: string, format: ExportFormat): string {
  const stem = safeName(`${picture.replace(/\.[^.]*$/, '')} ${said}`, longestStem)
  return `${stem === '' ? 'explanation' : stem}${endings[format]}`
}

/**
 * The name, or the same with a number where the name is taken; on some systems capitals make no difference.
 * @param taken names in use, in small letters; the new one is added
 */
export function uniqueName(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ''] = /^(.*?)((?:@2x|-tokens)?\.[^.]*)$/.exec(name) ?? []
  for (let number = 1; ; number++) {
    const attempt = number === 1 ? name : `${stem}-${number}${ending}`
    const key = attempt.normalize('NFC').toLowerCase()
    if (taken.has(key)) continue
    taken.add(key)
    return attempt
  }
}

const spoken: Readonly<Record<string, string>> = {
  '.': 'full-stop',
  ',': 'comma',
  '?': 'question-mark',
  '!': 'exclamation-mark',
  ':': 'colon',
  ';': 'semicolon',
  '-': 'hyphen',
  '\n': 'line-end',
}

function spokenName(text: string): string {
  const name = safeName(text)
  return name === '' ? (spoken[text] ?? spoken[text.trim()] ?? 'token') : name.toLowerCase()
}

function cutToBytes(text: string, most: number): string {
  let bytes = 0
  let cut = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    cut += character
  }
  return cut
}
