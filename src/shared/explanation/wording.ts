import { assertNever } from '../values/assert-never.ts'
import type { Claim, Exactness, Suppressed } from './claim.ts'
import { cellLabel, quoted } from './labels.ts'
import { counted, formatLogprob, formatNats, formatProbability, formatSetting, formatTimes, preciseNats } from './numbers.ts'
import type { Sampling, Suppression } from './parameters.ts'
import type { Scale } from './question.ts'
import type { InputKind } from './record.ts'

/** What the two ends of the legend say. */
export const legendEnds = { low: 'opposes', high: 'supports' } as const

/** Said of a map whose cells run into each other. */
export const smoothed = 'smoothed'

/** Said of a map that says nothing. */
export const noClearRelevance = 'no clear relevance'

/** Said where f is 0. */
export const nothingSuppressed = 'f is 0: nothing was suppressed, so every relevance is 0'

/** Said of an input that stands after the target. */
export const notReadYet = 'not read yet when this token was written'

/** Said where no words stand before what is explained. */
export const noWordsBefore = 'no words stand before it'

/** What the numbers of a table are. */
export const tableWords =
  'Log-probability in nats that each token loses when attention to a part is suppressed. Rows and columns of patches are counted from 1.'

/** What is explained when no token is chosen. */
export const wholeAnswerWords = 'the whole answer'

/** What an input is called. */
export const kindWords: Readonly<Record<InputKind, string>> = { patch: 'patch', token: 'token', word: 'word', chunk: 'passage' }

/** What it did to the token, in words: "3.7× less likely without it", "odds 3.7× lower without it", "on average 1.5× more likely without it". */
export function changeWords({ measure, tokens, suppression: { strength } }: Claim, nats: number): string {
  const how = strength < 0 ? 'with it amplified' : 'without it'
  const mean = tokens > 1 ? 'on average ' : ''
  const times = formatTimes(nats)
  if (measure === 'odds')
    return times === null ? `${mean}odds unchanged ${how}` : `${mean}odds ${times} ${nats > 0 ? 'lower' : 'higher'} ${how}`
  return times === null ? `${mean}as likely ${how}` : `${mean}${times} ${nats > 0 ? 'less' : 'more'} likely ${how}`
}

/** How it was computed: "f 0.90, with neighbours (κ 0.70), exact". Every sentence that gives a number ends in it. */
export function howWords({ suppression, exactness }: Pick<Claim, 'suppression' | 'exactness'>, suppressed: Suppressed): string {
  const joint = suppressed.members > 1 ? [`${suppressed.members} suppressed together`] : []
  return [
    `f ${formatSetting(suppression.strength)}`,
    ...joint,
    neighbourWords(suppression, suppressed),
    exactnessWords(exactness),
  ].join(', ')
}

function neighbourWords({ threshold }: Suppression, { neighbours }: Suppressed): string {
  return neighbours && threshold !== null ? `with neighbours (κ ${formatSetting(threshold)})` : 'without neighbours'
}

/** "exact", or "preview of 3×3 blocks". */
export function exactnessWords(exactness: Exactness): string {
  return exactness.kind === 'exact' ? 'exact' : `preview of ${exactness.rows}×${exactness.columns} blocks`
}

/** The whole sentence about one input: "+1.318 nats: 3.7× less likely without it (f 0.90, with neighbours (κ 0.70), exact)". */
export function effectSentence(claim: Claim, nats: number, suppressed: Suppressed): string {
  return `${preciseNats(nats)}: ${changeWords(claim, nats)} (${howWords(claim, suppressed)})`
}

/** The unit and how to read it: "nats; +0.69 = twice as likely with this patch". */
export function unitWords({ measure, tokens, suppression: { strength } }: Claim, kind: InputKind): string {
  const unit = tokens > 1 ? `nats, mean of ${tokens} tokens` : 'nats'
  const input = `this ${kindWords[kind]}`
  if (measure === 'odds')
    return `${unit}; +0.69 = ${strength < 0 ? 'half the odds' : 'twice the odds'} with ${input}${amplified(strength)}`
  return `${unit}; +0.69 = ${strength < 0 ? 'half' : 'twice'} as likely with ${input}${amplified(strength)}`
}

function amplified(strength: number): string {
  return strength < 0 ? ' amplified' : ''
}

/** What full colour belongs to. */
export type ScaleReach = Scale | 'mean' | 'difference' | 'both' | 'drops'

const reachWords: Readonly<Record<ScaleReach, string>> = {
  answer: 'this answer',
  token: 'this token',
  absolute: 'absolute',
  mean: 'this mean',
  difference: 'this difference',
  both: 'both answers',
  drops: 'this and the drops',
}

/** Which scale full colour belongs to: "scale: this answer". */
export function scaleWords(reach: ScaleReach): string {
  return `scale: ${reachWords[reach]}`
}

/** A scale as it is chosen, or what it stands for instead: "this answer", "this mean". */
export function scaleName(scale: ScaleReach): string {
  return reachWords[scale]
}

/** Headline of a comparison of two tokens: "why “dog” and not “cat”". */
export function whyNotWords(target: string, rival: string): string {
  return `why ${quoted(target)} and not ${quoted(rival)}`
}

/** What is said of the explained tokens: "p 0.98 · −0.02 nats", "mean of 3 tokens". */
export function subjectNumbers(logprobs: readonly number[]): string {
  const [only, ...others] = logprobs
  if (only === undefined) return 'not computed yet'
  return others.length > 0
    ? `mean of ${logprobs.length} tokens`
    : `p ${formatProbability(Math.exp(only))} · ${formatLogprob(only)}`
}

/** What the map of a comparison shows: "odds of “dog” against “cat”". */
export function oddsWords(target: string, rival: string): string {
  return `odds of ${quoted(target)} against ${quoted(rival)}`
}

/** A part of the input: "row 4, column 9", "15 patches", "“dog”". */
export function partWords(cells: readonly { readonly row: number; readonly column: number }[], text: string | null): string {
  if (text !== null) return quoted(text)
  const [only] = cells
  return cells.length === 1 && only !== undefined ? cellLabel(only) : counted(cells.length, 'patch', 'patches')
}

/** Headline of the reverse question: "Without row 4, column 9". */
export function withoutWords(part: string): string {
  return `Without ${part}`
}

/** How the drops of the reverse question were computed: "log-probability lost in one pass: f 0.90, 15 suppressed together, …". */
export function dropsWords(claim: Claim, suppressed: Suppressed): string {
  return `log-probability that each token loses, in one pass (${howWords(claim, suppressed)})`
}

/** One token of the reverse question: "“dog” −1.32 nats: …". */
export function dropSentence(claim: Claim, label: string, nats: number, suppressed: Suppressed): string {
  return `${quoted(label)}: ${effectSentence({ ...claim, tokens: 1, measure: 'likelihood' }, nats, suppressed)}`
}

/** How far the map is. */
export type MapProgress = { readonly kind: 'running' } | { readonly kind: 'ended' }

/** What is said of a map that is not the exact one; `null` for the exact one. */
export function previewWords(exactness: Exactness, progress: MapProgress): string | null {
  if (exactness.kind === 'exact') return null
  switch (progress.kind) {
    case 'running':
      return `${exactnessWords(exactness)}, the exact map follows`
    case 'ended':
      return `${exactnessWords(exactness)} only; the exact map was not computed`
    default:
      return assertNever(progress)
  }
}

/** A rank: "rank 3 of 144". */
export function rankWords(rank: number, of: number): string {
  return `rank ${rank} of ${of}`
}

/** The strongest parts in one sentence: "strongest row 1, column 2 (+1.32 nats); …". */
export function strongestWords(parts: readonly { readonly label: string; readonly nats: number }[]): string {
  return `strongest ${parts.map(({ label, nats }) => `${label} (${formatNats(nats)} nats)`).join('; ')}`
}

/** A setting and its value, in the words of the method. */
export type Setting = readonly [name: string, value: string]

/** How the relevance was computed, setting by setting. */
export function methodSettings({ strength, threshold, layers }: Suppression): Setting[] {
  return [
    ['suppression f', formatSetting(strength)],
    ['neighbourhood κ', threshold === null ? 'off' : formatSetting(threshold)],
    ['layers', layers === null ? 'all' : layers.join(', ')],
  ]
}

/** The same in one line: "AtMan, shifted · suppression f 0.90 · neighbourhood κ 0.70 · layers all". */
export function methodWords(suppression: Suppression): string {
  return [`AtMan, ${suppression.variant}`, ...methodSettings(suppression).map(([name, value]) => `${name} ${value}`)].join(' · ')
}

/** How the completion was sampled: "T 0.7, seed 3"; nothing where the most probable token was always taken. */
export function samplingSettings({ temperature, seed }: Sampling): Setting[] {
  return temperature > 0 ? [['sampling', `T ${temperature}, seed ${seed}`]] : []
}

/** What colour and numbers mean, for a foot of a page. */
export const meaning =
  'Colour and numbers: how much suppressing attention to a part of the input lowers (orange, +) or raises (blue, −) the log-probability, or, where two tokens are compared, the odds, in nats.'
