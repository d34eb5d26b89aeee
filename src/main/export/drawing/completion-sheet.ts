import { isClear, largest } from '../../../shared/explanation/scale.ts'
import { formatNats, legendScale, legendUnit, noClearRelevance } from '../../../shared/colour/legend.ts'
import type { Scale } from '../../../shared/explanation/question.ts'
import type { Explanation, Target } from '../../../shared/explanation/record.ts'
import type { Block, Chip } from './chips.ts'
import { chipFlow } from './chips.ts'
import { documentFlow, squaresByPosition } from './document-flow.ts'
import { formatProbability } from './bars.ts'
import { fitScale, heatMap, pictureDefinition } from './heat-map.ts'
import { legendBar, oneSidedBar } from './legend-bar.ts'
import { fitted, heading, label, line } from './text/lettering.ts'
import type { Pen } from './text/pen.ts'
import type { SheetSource } from './sheet.ts'
import { margin, panel, sheet, sheetWidth } from './sheet.ts'
import { completionTargets, subjectOf } from '../subject.ts'
import type { Svg } from './text/svg.ts'
import { element, group } from './text/svg.ts'
import { clearOnes, fullColour, patchMap, strongest, strongestPatch, sumOfSquares, wordRelevance } from '../target-view.ts'

const width = sheetWidth - 2 * margin
const columns = 4
const gutter = 20
const tileWidth = (width - (columns - 1) * gutter) / columns
const legendWidth = 300

/** Most tokens drawn on one sheet. */
const mostTiles = 95

/** The whole completion on one sheet: every token's map, and the sum of squares over all of them (the paper's picture metric). */
export function completionSheet(source: SheetSource): Svg {
  const { explanation, picture, pen } = source
  const chips = chipFlow(pen, chipsOf(explanation), width)
  const body = picture === null ? documentBlock(source) : tilesBlock(source)
  const chipsHeight = chips.height + 36
  const svg = [
    element('rect', { width: sheetWidth, height: chipsHeight, fill: pen.palette.panel }),
    element('rect', { y: chipsHeight - 1, width: sheetWidth, height: 1, fill: pen.palette.line }),
    group(margin, 18, chips.svg),
    group(margin, chipsHeight + 24, body.svg),
  ].join('')
  return sheet(source, {
    subject: subjectOf(explanation, completionTargets(explanation)),
    height: chipsHeight + 24 + body.height + 24,
    definitions: picture === null ? '' : pictureDefinition(picture.display),
    svg,
  })
}

/** The prompt in front of a picture's completion; a document stands below in full. */
function chipsOf({ prompt, completion, grid }: Explanation): Chip[] {
  const asked = grid === null ? [] : prompt.tokens.map(({ text }) => ({ text, look: 'prompt', share: null }) as const)
  return [...asked, ...completion.tokens.map(({ text }) => ({ text, look: 'plain', share: null }) as const)]
}

function tilesBlock(source: SheetSource): Block {
  const targets = completionTargets(source.explanation)
  const shown = targets.slice(0, mostTiles)
  const tiles = [squaresTile(source), ...shown.map((target) => targetTile(source, target))]
  const tileHeight = Math.max(...tiles.map(({ height }) => height))
  const rows = Math.ceil(tiles.length / columns)
  const placed = tiles.map(({ svg }, place) =>
    group((place % columns) * (tileWidth + gutter), Math.floor(place / columns) * (tileHeight + gutter), svg),
  )
  const top = rows * (tileHeight + gutter)
  const more = targets.length > shown.length ? `the first ${shown.length} of ${targets.length} tokens` : ''
  return { height: top + 64, svg: [...placed, group(0, top, legends(source, more))].join('') }
}

function targetTile(source: SheetSource, target: Target): Block {
  const { explanation, scale } = source
  const subject = subjectOf(explanation, [target])
  const values = patchMap(explanation, subject)
  const best = strongestPatch(explanation, subject)
  const place = best === null ? '' : `${formatNats(best.nats)} at row ${best.input.row ?? 0}, column ${best.input.column ?? 0}`
  const caption = values === null ? 'patches not suppressed' : isClear(values) ? place : noClearRelevance
  const probability = `p ${formatProbability(Math.exp(target.logprob))}`
  return tile(source, {
    title: target.text,
    note: probability,
    caption,
    values,
    maximum: fullColour(explanation, subject, 'image', scale),
    explained: true,
  })
}

function squaresTile(source: SheetSource): Block {
  const values = squaresMap(source.explanation)
  const caption = 'sum of squares over the tokens'
  return tile(source, {
    title: 'All tokens',
    note: 'Σ R²',
    caption,
    values,
    maximum: largest(values ?? []),
    explained: false,
  })
}

/** Sum of squares of every patch, in square nats; `null` when no patches were suppressed. */
function squaresMap(explanation: Explanation): Float32Array | null {
  const squares = Float32Array.from(sumOfSquares(explanation, 'patch').values())
  return explanation.grid === null || squares.length === 0 ? null : squares
}

function squaresLabel(maximum: number): string {
  const digits = maximum >= 10 ? 0 : maximum >= 1 ? 1 : 2
  return `${maximum.toFixed(digits)} nats²`
}

interface Tile {
  readonly title: string
  readonly note: string
  readonly caption: string
  readonly values: Float32Array | null
  readonly maximum: number
  readonly explained: boolean
}

function tile({ explanation, picture, pen }: SheetSource, { title, note, caption, values, maximum, explained }: Tile): Block {
  const { grid, picture: provenance } = explanation
  if (picture === null || grid === null || provenance === null) return { height: 0, svg: '' }
  const { display } = picture
  const scale = fitScale(display, tileWidth, tileWidth)
  const map = heatMap(pen, display, { grid, values, maximum, seen: provenance.seen, outlined: null }, scale)
  const name = explained
    ? chipFlow(pen, [{ text: title, look: 'explained', share: null }], tileWidth - 80).svg
    : line(0, 21, title, { size: 15, weight: 'semibold' })
  const height = display.height * scale
  return {
    height: 40 + height + 24,
    svg: [
      name,
      line(tileWidth, 21, note, { size: 12.5, fill: pen.palette.muted, anchor: 'end' }),
      group((tileWidth - display.width * scale) / 2, 40, map),
      line(0, 40 + height + 18, caption, { size: 12, fill: pen.palette.muted }),
    ].join(''),
  }
}

function legends({ explanation, pen, scale }: SheetSource, more: string): Svg {
  const squares = largest(squaresMap(explanation) ?? [])
  const unit = [`${legendUnit('patch')} · ${legendScale(scale)}`, more].filter((part) => part !== '').join(' · ')
  return [
    group(14, 4, oneSidedBar(pen, squaresLabel(squares), 160)),
    group(width - legendWidth - 14, 4, legendBar(pen, sharedMaximum(explanation, scale), legendWidth)),
    line(width - legendWidth - 50, 14, unit, { size: 11.5, fill: pen.palette.muted, anchor: 'end' }),
  ].join('')
}

/** Full colour of all tiles, in nats; 0 when each has its own. */
function sharedMaximum(explanation: Explanation, scale: Scale): number {
  return scale === 'token' ? 0 : fullColour(explanation, subjectOf(explanation, []), 'image', scale)
}

function documentBlock({ explanation, pen }: SheetSource): Block {
  const maximum = largest(squaresByPosition(explanation).values())
  const flow = documentFlow(pen, explanation, { kind: 'squares', maximum }, width - 48)
  const list = wordsList(pen, explanation)
  const height = flow.height + 74
  return {
    height: height + 20 + list.height + 40,
    svg: [
      panel(pen, 0, 0, width, height),
      heading(pen, 24, 32, 'All tokens: sum of squares'),
      group(24, 48, flow.svg),
      group(0, height + 20, list.svg),
      group(14, height + 20 + list.height + 12, oneSidedBar(pen, squaresLabel(maximum), 160)),
    ].join(''),
  }
}

/** Every token of the completion with the words it needed most. */
function wordsList(pen: Pen, explanation: Explanation): Block {
  const rows = completionTargets(explanation)
    .slice(0, mostTiles)
    .map((target, row) => {
      const words = clearOnes(strongest(wordRelevance(explanation, subjectOf(explanation, [target])), 6))
      const said = words.map(({ input, nats }) => `${label(input.text)} ${formatNats(nats)}`).join('   ') || noClearRelevance
      const style = { size: 13, fill: pen.palette.muted }
      return group(
        0,
        row * 38,
        chipFlow(pen, [{ text: target.text, look: 'explained', share: null }], 200).svg,
        line(290, 20, `p ${formatProbability(Math.exp(target.logprob))}`, { ...style, anchor: 'end' }),
        line(310, 20, fitted(pen, said, style, width - 310), style),
      )
    })
  return { height: rows.length * 38, svg: rows.join('') }
}
