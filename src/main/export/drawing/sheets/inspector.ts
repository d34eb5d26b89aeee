import type { View } from '../../../../shared/explanation/view.ts'
import { cellSentences } from '../../../../shared/explanation/view/sentences.ts'
import { strongestFirst } from '../../../../shared/explanation/view/view-words.ts'
import { formatNats } from '../../../../shared/explanation/numbers.ts'
import { methodSettings, samplingSettings } from '../../../../shared/explanation/wording.ts'
import { cells } from '../../../../shared/sequence/patch-grid.ts'
import { element as at } from '../../../../shared/values/element.ts'
import type { ExportView } from '../../export-view.ts'
import type { Bar } from '../parts/bars.ts'
import { passageBars, probabilityBars, relevanceBars } from '../parts/bars.ts'
import { titleBlock } from '../parts/title-block.ts'
import type { SheetSource } from '../sheet.ts'
import { below, heading, line, paragraph } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, group } from '../text/svg.ts'

/** Most words, passages and drops listed. */
const listed = { words: 7, passages: 4, drops: 8 }
const padding = 20

/** Everything that is said of a subject beside its map: title, notes, strongest patch, reverse question, candidates, words, method. */
export function inspector({ view: whole, pen }: SheetSource, width: number): Block {
  const { view } = whole
  const inner = width - 2 * padding
  const sections = [
    titleBlock(pen, view, inner, 26),
    patchSection(pen, view, inner),
    dropsSection(pen, view, inner),
    candidateSection(pen, view, inner),
    wordSection(pen, view, inner),
    passageSection(pen, view, inner),
    methodSection(pen, whole, inner),
  ].filter((section) => section !== null)
  return stacked(pen, sections, width)
}

function patchSection(pen: Pen, view: View, width: number): Block | null {
  const { map } = view
  const strongest = map?.strongest ?? null
  if (map === null || strongest === null) return null
  const sentences = cellSentences(view, at(cells(map), strongest))
  if (sentences === null) return null
  const { muted } = pen.palette
  const body = [
    paragraph(pen, sentences.effect, { size: 13, marks: { 'data-role': 'effect' } }, width, 4),
    paragraph(pen, sentences.place, { size: 13, fill: muted, marks: { 'data-role': 'place' } }, width),
  ]
  return titled(pen, 'Strongest patch', below(body, 2))
}

function dropsSection(pen: Pen, { without, tones }: View, width: number): Block | null {
  if (!without?.drops) return null
  const { drops } = without
  const { muted } = pen.palette
  const title = { size: 15, weight: 'semibold', marks: { 'data-role': 'without' } } as const
  const bars = strongestFirst(drops)
    .slice(0, listed.drops)
    .map(({ segment, index, label, nats, share }) => barOf(label, nats, share, { 'data-drop': `${segment}-${index}` }))
  const body = [
    paragraph(pen, without.title, title, width),
    paragraph(pen, without.words, { size: 12, fill: muted, marks: { 'data-role': 'how' } }, width, 4),
    relevanceBars(pen, bars, tones.drops, width),
  ]
  return below(body, 6)
}

function candidateSection(pen: Pen, { candidates }: View, width: number): Block | null {
  if (candidates.length === 0) return null
  const bars = candidates.map(({ label, written, probability, own, compared, place }) => ({
    label,
    written,
    share: probability,
    marks: { 'data-candidate': place === null ? 'own' : place, 'data-compared': compared ? 'true' : null },
    ...(own ? { look: 'own' as const } : compared ? { look: 'compared' as const } : {}),
  }))
  return titled(pen, 'Candidates', probabilityBars(pen, bars, width))
}

function wordSection(pen: Pen, view: View, width: number): Block | null {
  const { words, tones } = view
  if (words.length === 0) return null
  const bars = strongestFirst(words)
    .slice(0, listed.words)
    .map(({ label, nats, share, input }) => barOf(label, nats, share, { 'data-word': input.index }))
  return titled(pen, 'Relevant words', relevanceBars(pen, bars, tones.words, width), 'nats', width)
}

function passageSection(pen: Pen, { passages, tones }: View, width: number): Block | null {
  if (passages.length === 0) return null
  const bars = strongestFirst(passages)
    .slice(0, listed.passages)
    .map(({ label, nats, share, input }) => barOf(label, nats, share, { 'data-word': input.index }))
  return titled(pen, 'Relevant passages', passageBars(pen, bars, tones.passages, width), 'nats', width)
}

function barOf(label: string, nats: number, share: number, marks: Bar['marks']): Bar {
  return { label, written: formatNats(nats), share, marks }
}

function methodSection(pen: Pen, { explanation: { parameters } }: ExportView, width: number): Block {
  const settings = [...methodSettings(parameters.suppression), ...samplingSettings(parameters.sampling)]
  const rows = settings.map(([name, value], row) => [
    line(0, row * 22 + 14, name, { size: 13, fill: pen.palette.muted }),
    line(width, row * 22 + 14, value, { size: 13, anchor: 'end' }),
  ])
  const { variant } = parameters.suppression
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
