import { isClear } from '../../shared/atman/normalise.ts'
import { formatNats, likelihoodWords, noClearRelevance } from '../../shared/colour/legend.ts'
import type { Explanation, Target } from '../../shared/domain/explanation.ts'
import { formatProbability, passageBars, probabilityBars, relevanceBars } from './bars.ts'
import type { Block } from './chips.ts'
import { fitted, heading, label, line } from './lettering.ts'
import { methodSettings } from './method-words.ts'
import { palette } from './palette.ts'
import type { Svg } from './svg.ts'
import { element, group } from './svg.ts'
import type { InputRelevance } from './target-view.ts'
import { chunkRelevance, clearOnes, strongest, strongestPatch, wordRelevance } from './target-view.ts'
import type { Typeface } from './typeface.ts'

/** Most words and passages listed. */
const listed = { words: 7, chunks: 4 }
const padding = 20

/** Everything about one token beside its map: probability, strongest patch, candidates, words, method. */
export function inspector(typeface: Typeface, explanation: Explanation, target: Target, width: number): Block {
  const inner = width - 2 * padding
  const words = clearOnes(strongest(wordRelevance(explanation, target), listed.words))
  const chunks = strongest(chunkRelevance(explanation, target), listed.chunks)
  const sections = [
    tokenSection(typeface, target, inner),
    patchSection(strongestPatch(explanation, target)),
    titled('Candidates', probabilityBars(typeface, candidateBars(target), inner)),
    wordSection(typeface, words, inner),
    chunks.length === 0 ? null : titled('Relevant passages', passageBars(typeface, chunks.map(asBar), inner), 'nats', inner),
    methodSection(explanation, inner),
  ].filter((section) => section !== null)
  return stacked(sections, width)
}

function tokenSection(typeface: Typeface, target: Target, width: number): Block {
  const style = { size: 26, weight: 'semibold' } as const
  const probability = `p ${formatProbability(Math.exp(target.logprob))} · ${formatNats(target.logprob)} nats`
  return {
    height: 58,
    svg: [
      line(0, 24, fitted(typeface, label(target.text), style, width), style),
      line(0, 50, probability, { size: 13, fill: palette.muted }),
      line(width, 50, `${target.segment} token ${target.index}`, { size: 13, fill: palette.faint, anchor: 'end' }),
    ].join(''),
  }
}

function patchSection(patch: InputRelevance | null): Block | null {
  if (patch === null) return null
  const { nats, input } = patch
  const words = isClear([nats])
    ? `${formatNats(nats)} nats · ${likelihoodWords(nats)}`
    : `${formatNats(nats)} nats · ${noClearRelevance}`
  const body = [
    line(0, 14, words, { size: 13, weight: 'semibold' }),
    line(0, 34, `row ${input.row ?? 0}, column ${input.column ?? 0}, counted from 0`, { size: 13, fill: palette.muted }),
  ].join('')
  return titled('Strongest patch', { height: 38, svg: body })
}

function wordSection(typeface: Typeface, words: readonly InputRelevance[], width: number): Block {
  if (words.length > 0) return titled('Relevant words', relevanceBars(typeface, words.map(asBar), width), 'nats', width)
  return titled('Relevant words', { height: 20, svg: line(0, 14, noClearRelevance, { size: 13, fill: palette.muted }) })
}

function candidateBars({ candidates }: Target): { label: string; value: number }[] {
  return candidates.map(({ text, logprob }) => ({ label: label(text), value: Math.exp(logprob) }))
}

function asBar({ input, nats }: InputRelevance): { label: string; value: number } {
  return { label: label(input.text), value: nats }
}

function methodSection(explanation: Explanation, width: number): Block {
  const settings = methodSettings(explanation)
  const rows = settings.map(([name, value], row) => [
    line(0, row * 22 + 14, name, { size: 13, fill: palette.muted }),
    line(width, row * 22 + 14, value, { size: 13, anchor: 'end' }),
  ])
  const { variant } = explanation.parameters.suppression
  return titled('Method', { height: settings.length * 22, svg: rows.flat().join('') }, `AtMan, ${variant}`, width)
}

function titled(title: string, content: Block, note = '', width = 0): Block {
  const aside = note === '' ? '' : line(width, 10, note, { size: 12, fill: palette.muted, anchor: 'end' })
  return { height: content.height + 20, svg: `${heading(0, 10, title)}${aside}${group(0, 20, content.svg)}` }
}

/** Sections under each other with a line between them. */
function stacked(sections: readonly Block[], width: number): Block {
  const parts: Svg[] = []
  let y = 0
  sections.forEach((section, place) => {
    if (place > 0) parts.push(element('rect', { y, width, height: 1, fill: palette.line }))
    parts.push(group(padding, y + 18, section.svg))
    y += section.height + 36
  })
  return { height: y, svg: parts.join('') }
}
