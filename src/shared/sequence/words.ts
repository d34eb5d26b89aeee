import type { CharacterSpan, TextToken } from '../explanation/record.ts'
import { element, lastElement } from '../values/element.ts'
import type { TokenGroup } from './token-group.ts'
import { groupText } from './token-group.ts'

/**
 * The words of a text that are cut into several tokens: "strawberries" in three tokens is one word; "dog." is the word "dog" and a full stop of its own.
 *
 * Words are those of Unicode Standard Annex 29: letters and digits with the marks inside them ("don't", "105.2"); every other visible character is a unit
 * of its own, so an emoji in four tokens is one too. Writing without spaces is cut by dictionary. A token with a space in front belongs to the word after
 * it; a token of white space alone belongs to none. A token that covers several units ("well-") joins them.
 * @param tokens tokens of the text, in order
 * @param text the text the tokens' spans point into
 * @returns words of at least two tokens, in order; no token is in two of them
 */
export function words(tokens: readonly TextToken[], text: string): TokenGroup[] {
  return wordRuns(tokens, text)
    .filter((members) => members.length > 1)
    .map((members) => ({ members, text: groupText(text, spansOf(tokens, members)) }))
}

function wordRuns(tokens: readonly TextToken[], text: string): number[][] {
  const units = visibleUnits(text)
  const runs: number[][] = []
  let reached = -1
  let first = 0
  tokens.forEach((token, place) => {
    const covered = unitsUnder(token, units, first)
    if (covered === null) return
    if (covered.first <= reached) lastElement(runs).push(place)
    else runs.push([place])
    reached = Math.max(reached, covered.last)
    first = covered.first
  })
  return runs
}

function visibleUnits(text: string): CharacterSpan[] {
  const segments = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)]
  return segments
    .filter(({ segment }) => segment.trim() !== '')
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }))
}

/** First and last unit that a token touches, looking from unit `from` on; `null` for white space and marks that stand for no text. */
function unitsUnder(
  token: TextToken,
  units: readonly CharacterSpan[],
  from: number,
): { readonly first: number; readonly last: number } | null {
  const { start, end } = extent(token)
  let first = from
  while ((units[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++
  let last = first
  while ((units[last]?.start ?? Number.POSITIVE_INFINITY) < end) last++
  return last > first ? { first, last: last - 1 } : null
}

/** A token with a part of a character may have an empty span; it then stands for the character there. */
function extent({ span, text }: TextToken): CharacterSpan {
  return span.end === span.start && text.includes('\uFFFD') ? { start: span.start, end: span.start + 1 } : span
}

function spansOf(tokens: readonly TextToken[], members: readonly number[]): CharacterSpan[] {
  return members.map((member) => element(tokens, member).span)
}
