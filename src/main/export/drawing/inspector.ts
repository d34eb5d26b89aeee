import { isClear } from '../../../shared/explanation/scale.ts'
import { formatNats, likelihoodWords, noClearRelevance } from '../../../shared/colour/legend.ts'
import type { Explanation, Target } from '../../../shared/explanation/record.ts'
import { formatProbability, passageBars, probabilityBars, relevanceBars } from './bars.ts'
import type { Block } from './chips.ts'
import { fitted, heading, label, line, tightLine } from './text/lettering.ts'
import { methodSettings } from '../method-words.ts'
import type { Pen } from './text/pen.ts'
import type { Subject } from '../subject.ts'
import { subjectText } from '../subject.ts'
import type { Svg } from './text/svg.ts'
import { element, group } from './text/svg.ts'
import type { InputRelevance } from '../target-view.ts'
import { chunkRelevance, clearOnes, strongest, strongestPatch, wordRelevance } from '../target-view.ts'

/** Most words and passages listed. */
const listed = { words: 7, chunks: 4 }
const padding = 20

/** Everything about a subject beside its map: probability, strongest patch, candidates, words, method. */
export function inspector(pen: Pen, explanation: Explanation, subject: Subject, width: number): Block {
  const inner = width - 2 * padding
  const words = clearOnes(strongest(wordRelevance(explanation, subject), listed.words))
  const chunks = strongest(chunkRelevance(explanation, subject), listed.chunks)
  const [only, ...others] = subject.targets
  const sections = [
    subjectSection(pen, subject, inner),
    patchSection(pen, strongestPatch(explanation, subject)),
    only === undefined || others.length > 0 ? null : titled(pen, 'Candidates', probabilityBars(pen, candidateBars(only), inner)),
    wordSection(pen, words, inner),
    chunks.length === 0 ? null : titled(pen, 'Relevant passages', passageBars(pen, chunks.map(asBar), inner), 'nats', inner),
    methodSection(pen, explanation, inner),
  ].filter((section) => section !== null)
  return stacked(pen, sections, width)
}

function subjectSection(pen: Pen, subject: Subject, width: number): Block {
  const { muted, faint } = pen.palette
  const style = { size: 26, weight: 'semibold' } as const
  const [first, ...others] = subject.targets
  const last = others.at(-1)
  const [said, place] =
    first === undefined
      ? ['no token', '']
      : last === undefined
        ? [probabilityWords(first), `${first.segment} token ${first.index}`]
        : [`mean of ${others.length + 1} tokens`, `${first.segment} tokens ${first.index} to ${last.index}`]
  return {
    height: 58,
    svg: [
      tightLine(pen, 0, 24, fitted(pen, label(subjectText(subject)), style, width), style),
      line(0, 50, said, { size: 13, fill: muted }),
      line(width, 50, place, { size: 13, fill: faint, anchor: 'end' }),
    ].join(''),
  }
}

function probabilityWords({ logprob }: Target): string {
  return `p ${formatProbability(Math.exp(logprob))} · ${formatNats(logprob)} nats`
}

function patchSection(pen: Pen, patch: InputRelevance | null): Block | null {
  if (patch === null) return null
  const { nats, input } = patch
  const words = isClear([nats])
    ? `${formatNats(nats)} nats · ${likelihoodWords(nats)}`
    : `${formatNats(nats)} nats · ${noClearRelevance}`
  const body = [
    tightLine(pen, 0, 14, words, { size: 13, weight: 'semibold' }),
    line(0, 34, `row ${input.row ?? 0}, column ${input.column ?? 0}, counted from 0`, { size: 13, fill: pen.palette.muted }),
  ].join('')
  return titled(pen, 'Strongest patch', { height: 38, svg: body })
}

function wordSection(pen: Pen, words: readonly InputRelevance[], width: number): Block {
  const none = line(0, 14, noClearRelevance, { size: 13, fill: pen.palette.muted })
  if (words.length === 0) return titled(pen, 'Relevant words', { height: 20, svg: none })
  return titled(pen, 'Relevant words', relevanceBars(pen, words.map(asBar), width), 'nats', width)
}

function candidateBars({ candidates }: Target): { label: string; value: number }[] {
  return candidates.map(({ text, logprob }) => ({ label: label(text), value: Math.exp(logprob) }))
}

function asBar({ input, nats }: InputRelevance): { label: string; value: number } {
  return { label: label(input.text), value: nats }
}

function methodSection(pen: Pen, explanation: Explanation, width: number): Block {
  const settings = methodSettings(explanation)
  const rows = settings.map(([name, value], row) => [
    line(0, row * 22 + 14, name, { size: 13, fill: pen.palette.muted }),
    line(width, row * 22 + 14, value, { size: 13, anchor: 'end' }),
  ])
  const { variant } = explanation.parameters.suppression
  return titled(pen, 'Method', { height: settings.length * 22, svg: rows.flat().join('') }, `AtMan, ${variant}`, width)
}

function titled(pen: Pen, title: string, content: Block, note = '', width = 0): Block {
  const aside = note === '' ? '' : line(width, 10, note, { size: 12, fill: pen.palette.muted, anchor: 'end' })
  return { height: content.height + 20, svg: `${heading(pen, 0, 10, title)}${aside}${group(0, 20, content.svg)}` }
}

/** Sections under each other with a line between them. */
function stacked({ palette }: Pen, sections: readonly Block[], width: number): Block {
  const parts: Svg[] = []
  let y = 0
  sections.forEach((section, place) => {
    if (place > 0) parts.push(element('rect', { y, width, height: 1, fill: palette.line }))
    parts.push(group(padding, y + 18, section.svg))
    y += section.height + 36
  })
  return { height: y, svg: parts.join('') }
}
