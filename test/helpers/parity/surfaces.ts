import type { Tone, Theme } from '../../../src/shared/colour/ramp.ts'
import { relevanceColour } from '../../../src/shared/colour/ramp.ts'
import { cssColour } from '../../../src/shared/colour/rgba.ts'
import { formatNats } from '../../../src/shared/explanation/numbers.ts'
import type { View } from '../../../src/shared/explanation/view.ts'
import { droppedSentence, wordSentence } from '../../../src/shared/explanation/view/sentences.ts'
import { strongestFirst } from '../../../src/shared/explanation/view/view-words.ts'
import { whyNotWords } from '../../../src/shared/explanation/wording.ts'
import { element, lastElement } from '../../../src/shared/values/element.ts'

/** A bar: what it is about, its number as it is written, its colour, and the sentence said of it. */
export interface SeenBar {
  /** `null` where the surface spells the token instead. */
  readonly label: string | null
  readonly written: string
  /** `warm`, `cool` or `grey`; `null` for a probability, and where the surface writes another colour. */
  readonly look: string | null
  readonly sentence: string | null
}

/** What stands on a surface about one answer; `null` for what the surface does not show. */
export interface Seen {
  readonly title: string | null
  readonly detail: string | null
  readonly notes: readonly string[] | null
  readonly summary: string | null
  readonly unit: string | null
  readonly scale: string | null
  readonly ticks: readonly string[] | null
  readonly without: string | null
  readonly withoutWords: string | null
  readonly drops: readonly SeenBar[] | null
  readonly words: readonly SeenBar[] | null
  readonly candidates: readonly SeenBar[] | null
  /** Colour of every cell, row by row, as CSS; `null` without a map. */
  readonly cells: readonly string[] | null
}

/** How much of an answer a surface shows. */
export interface Shows {
  /** Whether the title, the reverse question, words and candidates stand beside the map; the sides of a comparison have less. */
  readonly inspector: boolean
  readonly summary: boolean
  readonly legend: 'every tick' | 'both ends'
  /** Whether the unit is the answer's own: a comparison has one legend, with the unit of its first side. */
  readonly unit: boolean
  /** Most words, passages and drops. */
  readonly most: { readonly words: number; readonly passages: number; readonly drops: number }
  /** Whether the strongest drops are listed first, or all of them in the order of the text. */
  readonly dropOrder: 'strongest' | 'text'
  /** Fewest passages that are listed. */
  readonly leastPassages: number
  readonly sentences: boolean
  readonly looks: boolean
  /** Which candidates are listed, and whether by their label. */
  readonly candidates: 'labelled' | 'spelled'
}

/** What a surface has to show of a view. */
export function expected(view: View, theme: Theme, shows: Shows): Seen {
  const { title, detail, notes, summary, scale, without } = view
  const beside = shows.inspector
  return {
    title,
    detail,
    notes,
    summary: shows.summary ? summary : null,
    unit: shows.unit ? scale.unit : null,
    scale: scale.words,
    ticks: ticksOf(view, shows.legend),
    without: beside && without !== null ? without.title : null,
    withoutWords: beside && without !== null ? without.words : null,
    drops: beside ? dropsOf(view, shows) : null,
    words: beside ? wordsOf(view, shows) : null,
    candidates: beside ? candidatesOf(view, shows) : null,
    cells: view.map === null ? null : Array.from(view.map.shares, (share) => colour(share, view.map?.tone, theme)),
  }
}

function colour(share: number, tone: Tone = 'colour', theme: Theme): string {
  return cssColour(relevanceColour(share, tone, theme))
}

function ticksOf({ scale: { ticks } }: View, legend: Shows['legend']): string[] {
  const labels = ticks.map(({ label }) => label)
  switch (legend) {
    case 'both ends':
      return [element(labels, 0), lastElement(labels)]
    case 'every tick':
      return labels
  }
}

function dropsOf(view: View, { most, dropOrder, ...shows }: Shows): SeenBar[] {
  const drops = view.without?.drops ? view.without.drops : []
  return (dropOrder === 'text' ? drops : strongestFirst(drops))
    .slice(0, most.drops)
    .map((drop) => bar(drop, view.tones.drops, droppedSentence(view, drop), shows))
}

function wordsOf(view: View, { most, leastPassages, ...shows }: Shows): SeenBar[] {
  const passages = view.passages.length < leastPassages ? [] : strongestFirst(view.passages).slice(0, most.passages)
  const words = strongestFirst(view.words).slice(0, most.words)
  return [
    ...words.map((word) => bar(word, view.tones.words, wordSentence(view, word), shows)),
    ...passages.map((passage) => bar(passage, view.tones.passages, wordSentence(view, passage), shows)),
  ]
}

function bar(
  { label, nats, share }: { readonly label: string; readonly nats: number; readonly share: number },
  tone: Tone,
  sentence: string | null,
  { sentences, looks }: Pick<Shows, 'sentences' | 'looks'>,
): SeenBar {
  const look = tone === 'grey' ? 'grey' : share < 0 ? 'cool' : 'warm'
  return { label, written: formatNats(nats), look: looks ? look : null, sentence: sentences ? sentence : null }
}

function candidatesOf({ candidates, subject }: View, { candidates: kind, sentences }: Shows): SeenBar[] {
  return candidates.map(({ label, written, own }) => ({
    label: kind === 'labelled' ? label : null,
    written,
    look: null,
    sentence: sentences && !own ? whyNotWords(subject.label, label) : null,
  }))
}

/** How many texts, numbers and colours of an answer a surface showed. */
export function comparisons(seen: Seen): number {
  return Object.values(seen).reduce<number>((sum, part: Seen[keyof Seen]) => {
    if (part === null) return sum
    return sum + (typeof part === 'string' ? 1 : part.length)
  }, 0)
}

/** A drawing cuts a label that has no room and ends it in an ellipsis: as much of it as is there counts as the whole. */
export function withUncutLabels(seen: Seen, wanted: Seen): Seen {
  return { ...seen, words: uncut(seen.words, wanted.words), drops: uncut(seen.drops, wanted.drops) }
}

function uncut(seen: Seen['words'], wanted: Seen['words']): Seen['words'] {
  if (seen === null) return null
  return seen.map((each, place) => {
    const whole = wanted?.[place]?.label ?? null
    const isCut = whole !== null && each.label?.endsWith('…') === true && whole.startsWith(each.label.slice(0, -1))
    return isCut ? { ...each, label: whole } : each
  })
}
