import type { CharacterSpan } from '../explanation/record.ts'

/** Consecutive tokens of one text that belong together. */
export interface TokenGroup {
  /** What they say together, without white space around it. */
  readonly text: string
  /** Their zero-based places among the text's tokens, ascending. */
  readonly members: readonly number[]
}

/** The text under several tokens, without white space around it. */
export function groupText(text: string, spans: readonly CharacterSpan[]): string {
  return text.slice(Math.min(...spans.map(({ start }) => start)), Math.max(...spans.map(({ end }) => end))).trim()
}
