import type { Target } from '../../shared/domain/explanation.ts'

/** Longest file name without its ending, in bytes of UTF-8. */
const longestName = 120

/** Names that Windows gives to devices, whatever their ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i

/**
 * Part of a file name that is safe on every system: letters, digits and marks of any script, everything else (separators, control and direction
 * characters, punctuation) a hyphen; at most 120 bytes. Empty when nothing is left.
 */
export function safeName(text: string): string {
  const words = text.normalize('NFC').replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  const cut = cutToBytes(words.replaceAll(/^-+|-+$/g, ''), longestName).replace(/-+$/, '')
  return deviceName.test(cut) ? `${cut.slice(0, longestName - 1)}-` : cut
}

/** File name of one token's picture: `00-three.png`; tokens of the prompt begin with `prompt-`. Unique within an explanation. */
export function targetFileName({ segment, index, text }: Pick<Target, 'segment' | 'index' | 'text'>, tokens: number): string {
  const digits = Math.max(2, String(Math.max(0, tokens - 1)).length)
  const place = String(index).padStart(digits, '0')
  return `${segment === 'prompt' ? 'prompt-' : ''}${place}-${spokenName(text)}.png`
}

/** File name of the picture of the whole completion. */
export const completionFileName = 'completion.png'

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
