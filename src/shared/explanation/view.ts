import type { Tone } from '../colour/ramp.ts'
import type { Claim } from './claim.ts'
import type { KnownExplanation } from './known.ts'
import { cellLabel, quoted } from './labels.ts'
import type { Question } from './question.ts'
import type { InputKind } from './record.ts'
import { isClear } from './scale.ts'
import type { Effects } from './view/effects.ts'
import { effectsOf } from './view/effects.ts'
import type { Subject } from './view/subject.ts'
import { subjectOf } from './view/subject.ts'
import type { ViewCandidate } from './view/view-candidates.ts'
import { viewCandidates } from './view/view-candidates.ts'
import type { Drop, DropNumbers, ViewDrops } from './view/view-drops.ts'
import { drawnDrops, dropNumbers } from './view/view-drops.ts'
import type { MapNumbers, ViewMap } from './view/view-map.ts'
import { drawnMap, mapNumbers } from './view/view-map.ts'
import type { ViewScale } from './view/view-scale.ts'
import { reachOf, viewScale } from './view/view-scale.ts'
import type { ViewToken } from './view/view-tokens.ts'
import { viewTokens } from './view/view-tokens.ts'
import type { ViewWord, WordNumbers } from './view/view-words.ts'
import { drawnWords, passageNumbers, strongestFirst, textTone, wordNumbers } from './view/view-words.ts'
import { methodWords, noClearRelevance, nothingSuppressed, oddsWords, strongestWords, whyNotWords } from './wording.ts'

/**
 * The answer to a question, as it is seen: values, colours as shares of one scale, and every sentence. The window, every export, the terminal and the report draw
 * this one value, so they cannot differ.
 */
export interface View {
  readonly question: Question
  /** What the numbers stand for. */
  readonly claim: Claim
  /** What is explained. */
  readonly subject: Subject
  /** Headline: "“dog”", "why “dog” and not “cat”". */
  readonly title: string
  /** Below it: "p 0.98 · −0.02 nats", "odds of “dog” against “cat”", "mean of 3 tokens". */
  readonly detail: string
  /** The one scale of everything that is drawn. */
  readonly scale: ViewScale
  /** The map over the picture; `null` for a text, or before there is any map. */
  readonly map: ViewMap | null
  /** Words before the subject, in the order of the text; empty before the exact numbers are there. */
  readonly words: readonly ViewWord[]
  /** Sentences or paragraphs before the subject. */
  readonly passages: readonly ViewWord[]
  /** What of it is drawn in colour, and what in grey because it says nothing. */
  readonly tones: Tones
  /** Prompt and completion. */
  readonly tokens: readonly ViewToken[]
  readonly candidates: readonly ViewCandidate[]
  /** The reverse question; `null` where none is asked. */
  readonly without: ViewDrops | null
  /** What has to be known about the numbers: that nothing is clear, that nothing was suppressed. */
  readonly notes: readonly string[]
  /** The strongest parts in one sentence, for those who do not see the map. */
  readonly summary: string
  /** "AtMan, shifted · suppression f 0.90 · neighbourhood κ 0.70 · layers all". */
  readonly method: string
}

/** How the parts of a view are drawn. */
export interface Tones {
  readonly words: Tone
  readonly passages: Tone
  /** What tokens lose without a part. */
  readonly drops: Tone
  /** The legend: as the map, or as the words where there is none. */
  readonly legend: Tone
}

/** The parts of a view before they have a scale. */
interface Numbers {
  readonly effects: Effects
  readonly subject: Subject
  readonly map: MapNumbers | null
  readonly words: readonly WordNumbers[]
  readonly passages: readonly WordNumbers[]
  readonly without: DropNumbers | null
}

/** Answers a question about what is known of an explanation. */
export function viewOf(known: KnownExplanation, question: Question): View {
  const numbers = numbersOf(known, question)
  return drawn(known, question, numbers, scaleOf(known, question, numbers))
}

/** Answers about two explanations on one scale, so that their colours mean the same. */
export function comparedViews(
  first: { readonly known: KnownExplanation; readonly question: Question },
  second: { readonly known: KnownExplanation; readonly question: Question },
): readonly [View, View] {
  const sides = [first, second].map(({ known, question }) => {
    const numbers = numbersOf(known, question)
    return { known, question, numbers, scale: scaleOf(known, question, numbers) }
  })
  const maximum = Math.max(...sides.map(({ scale }) => scale.maximum))
  const [one, other] = sides.map(({ known, question, numbers, scale }) => {
    const reach = question.scale === 'absolute' ? 'absolute' : 'both'
    return drawn(known, question, numbers, viewScale(scale.kind, reach, maximum, numbers.effects.claim, kindOf(known)))
  })
  if (one === undefined || other === undefined) throw new RangeError('a comparison has two sides')
  return [one, other]
}

function numbersOf(known: KnownExplanation, { about, against, without }: Question): Numbers {
  const subject = subjectOf(known, about)
  const effects = effectsOf(known, subject, against)
  return {
    effects,
    subject,
    map: mapNumbers(known, subject, effects),
    words: wordNumbers(known, subject, effects),
    passages: passageNumbers(known, subject, effects),
    without: without === null ? null : dropNumbers(known, without, effects.claim),
  }
}

function scaleOf(known: KnownExplanation, { scale }: Question, numbers: Numbers): ViewScale {
  const { effects, map, words, passages } = numbers
  const cells = map === null ? [] : [...map.values].filter((nats) => !Number.isNaN(nats))
  const shown = effects.firstBlocks ?? [...cells, ...words.map(natsOf), ...passages.map(natsOf)]
  const { reach, maximum } = reachOf(known, scale, effects.claim, shown, dropsOf(numbers).map(natsOf))
  return viewScale(scale, reach, maximum, effects.claim, kindOf(known))
}

function natsOf({ nats }: { readonly nats: number }): number {
  return nats
}

/** What the legend speaks of: patches of a picture, tokens of a text. */
function kindOf({ grid }: KnownExplanation): InputKind {
  return grid === null ? 'word' : 'patch'
}

function drawn(known: KnownExplanation, question: Question, numbers: Numbers, scale: ViewScale): View {
  const { effects, subject } = numbers
  const { maximum } = scale
  const map = numbers.map === null ? null : drawnMap(numbers.map, effects, maximum)
  const words = drawnWords(numbers.words, maximum)
  const without = numbers.without === null ? null : drawnDrops(numbers.without, maximum)
  const candidates = viewCandidates(known, subject, question.against)
  const rival = candidates.find(({ compared }) => compared)
  return {
    question,
    claim: effects.claim,
    subject,
    title: rival === undefined ? capital(subject.words) : whyNotWords(subject.label, rival.label),
    detail: rival === undefined ? subject.numbers : `${oddsWords(subject.label, rival.label)} · ${subject.numbers}`,
    scale,
    map,
    words,
    passages: drawnWords(numbers.passages, maximum),
    tones: tonesOf(known, map, words, numbers),
    tokens: viewTokens(known, subject, words, without),
    candidates,
    without,
    notes: notesOf(effects, map, words),
    summary: summaryOf(subject, map, words),
    method: methodWords(known.suppression),
  }
}

function tonesOf({ suppression }: KnownExplanation, map: ViewMap | null, words: readonly ViewWord[], numbers: Numbers): Tones {
  const drops = dropsOf(numbers)
  const ofWords = textTone(words, suppression)
  return {
    words: ofWords,
    passages: textTone(numbers.passages, suppression),
    drops: textTone(drops, suppression),
    legend: map === null ? ofWords : map.tone,
  }
}

/** None while no part is asked about, and until its pass was run. */
function dropsOf({ without }: Numbers): readonly Drop[] {
  return without?.drops ? without.drops : []
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Never said of a preview, whose blocks are not what will be shown, and never of f = 0, which can show nothing. */
function notesOf(
  { claim: { exactness, suppression }, inputs }: Effects,
  map: ViewMap | null,
  words: readonly ViewWord[],
): string[] {
  if (exactness.kind === 'preview' || inputs === null) return []
  if (suppression.strength === 0) return [nothingSuppressed]
  const clear = map === null ? isClear(words.map(natsOf)) : map.tone === 'colour'
  return clear ? [] : [noClearRelevance]
}

/** How many of the strongest parts are named. */
const named = 3

function summaryOf(subject: Subject, map: ViewMap | null, words: readonly ViewWord[]): string {
  const parts = map === null ? words.map(({ label, nats }) => ({ label: quoted(label), nats })) : cellsOf(map)
  if (parts.length === 0) return 'No map yet.'
  const said =
    map?.tone === 'grey' || (map === null && !isClear(words.map(natsOf)))
      ? noClearRelevance
      : strongestWords(strongestFirst(parts).slice(0, named))
  return `${capital(subject.words)}: ${said}.`
}

function cellsOf({ values, columns }: ViewMap): { readonly label: string; readonly nats: number }[] {
  return Array.from(values, (nats, place) => ({
    label: cellLabel({ row: Math.floor(place / columns), column: place % columns }),
    nats,
  })).filter(({ nats }) => !Number.isNaN(nats))
}
