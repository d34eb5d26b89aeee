import { element } from '../../../shared/values/element.ts'
import type { CharacterSpan } from '../../../shared/explanation/record.ts'

/** What a token adds to a text and where. */
export interface SpannedText {
  readonly text: string
  readonly span: CharacterSpan
}

/** Shown for a token that holds only part of a character. */
const partOfCharacter = '\uFFFD'

/**
 * What each token adds when their bytes are written one after the other, with spans in UTF-16 units of the whole text. A character belongs to the
 * token with its last byte; the tokens before it have an empty span and show as U+FFFD. The spans cover the text without gap or overlap.
 */
export function spansOfBytes(tokens: readonly Uint8Array[]): SpannedText[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let start = 0
  return tokens.map((bytes, index) => {
    const isLast = index === tokens.length - 1
    const added = decoder.decode(bytes, { stream: !isLast })
    const span = { start, end: start + added.length }
    start = span.end
    return { text: added === '' && bytes.length > 0 ? partOfCharacter : added, span }
  })
}

/** Text that the bytes of the tokens spell; bytes that are no UTF-8 show as U+FFFD. */
export function textOfBytes(tokens: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return tokens.map((bytes) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode()
}

/**
 * Moves spans from the text the tokens spell to the text the person wrote, where a tokenizer changed it: a space put before it, characters in another
 * Unicode form or case, white space dropped. Where even that does not explain the difference, places are taken in proportion.
 */
export function alignSpans(spelled: string, written: string, tokens: readonly SpannedText[]): SpannedText[] {
  if (spelled === written) return [...tokens]
  const place = spelled === ` ${written}` ? (at: number) => Math.max(0, at - 1) : placesBetween(spelled, written)
  return tokens.map(({ text, span }) => {
    const moved = { start: place(span.start), end: place(span.end) }
    return { text: moved.end > moved.start ? written.slice(moved.start, moved.end) : text, span: moved }
  })
}

/** Maps places of one text to another by the characters both have when folded to one form, case and no white space. */
function placesBetween(spelled: string, written: string): (at: number) => number {
  const from = foldedPlaces(spelled)
  const to = foldedPlaces(written)
  if (from.folded !== to.folded) return (at) => Math.round((at * written.length) / spelled.length)
  return (at) => placeAfter(to, element(from.counts, at))
}

/** Where the last of so many folded units ends; before the first of them, the text begins. */
function placeAfter({ ends }: FoldedPlaces, units: number): number {
  return units === 0 ? 0 : element(ends, units - 1)
}

interface FoldedPlaces {
  readonly folded: string
  /** For each place of the text: how many folded units stand before it. */
  readonly counts: readonly number[]
  /** For each folded unit: where its character ends in the text. */
  readonly ends: readonly number[]
}

function foldedPlaces(text: string): FoldedPlaces {
  let folded = ''
  const counts = [0]
  const ends: number[] = []
  for (const { segment, index } of new Intl.Segmenter('en').segment(text)) {
    const unit = segment
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\s\p{M}]/gu, '')
    for (let at = 1; at < segment.length; at++) counts.push(folded.length)
    folded += unit
    counts.push(folded.length)
    ends.push(...Array<number>(unit.length).fill(index + segment.length))
  }
  return { folded, counts, ends }
}
