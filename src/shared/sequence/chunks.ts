import type { CharacterSpan, TextToken } from '../explanation/record.ts'
import type { Chunking } from '../explanation/parameters.ts'
import { element } from '../values/element.ts'
import type { TokenGroup } from './token-group.ts'

/**
 * The sentences or paragraphs of a document as groups of tokens; every token is in exactly one.
 *
 * Sentences are those of Unicode Standard Annex 29: they end at a full stop, question or exclamation mark before a new beginning, and at a line break,
 * except that a line which goes on in lower case continues the sentence. Abbreviations are not known ("Dr. Who" is cut). Paragraphs are parted by blank
 * lines. A token belongs to the chunk of its first visible character, so the space before a sentence goes with the sentence.
 * @param tokens tokens of the document, in order
 * @param text the document the tokens' spans point into
 */
export function chunks(tokens: readonly TextToken[], text: string, chunking: Chunking): TokenGroup[] {
  const spans = joinBlank(chunking === 'sentence' ? sentences(text) : paragraphs(text), text)
  const members = spans.map((): number[] => [])
  tokens.forEach(({ span }, place) => {
    const at = anchor(span, text)
    const chunk = spans.findIndex(({ end }) => at < end)
    // A mark without text after the last character has no chunk of its own; -1 is the last one.
    members.at(chunk)?.push(place)
  })
  return spans.flatMap(({ start, end }, chunk) => {
    const held = element(members, chunk)
    return held.length > 0 ? [{ text: text.slice(start, end).trim(), members: held }] : []
  })
}

function sentences(text: string): CharacterSpan[] {
  // Of equal length, so that the spans fit the text itself.
  const unwrapped = text.replace(/\r?\n(?=\p{Ll})/gu, (lineBreak) => ' '.repeat(lineBreak.length))
  const segments = [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(unwrapped)]
  return segments.map(({ index, segment }) => ({ start: index, end: index + segment.length }))
}

function paragraphs(text: string): CharacterSpan[] {
  const cuts = [...text.matchAll(/\r?\n[^\S\n]*\n\s*/g)]
    .map(({ index, 0: gap }) => index + gap.length)
    .filter((cut) => cut < text.length)
  return [0, ...cuts].map((start, chunk) => ({ start, end: cuts[chunk] ?? text.length }))
}

/** Gives a span of white space alone to the one before it, or at the beginning to the one after it. */
function joinBlank(spans: readonly CharacterSpan[], text: string): CharacterSpan[] {
  const whole: CharacterSpan[] = []
  for (const span of spans) {
    const before = whole.at(-1)
    const blank = (part: CharacterSpan) => text.slice(part.start, part.end).trim() === ''
    if (before !== undefined && (blank(span) || blank(before))) whole[whole.length - 1] = { start: before.start, end: span.end }
    else whole.push(span)
  }
  return whole.length > 0 ? whole : [{ start: 0, end: text.length }]
}

function anchor({ start, end }: CharacterSpan, text: string): number {
  const visible = text.slice(start, end).search(/\S/)
  return visible < 0 ? start : start + visible
}
