import { formatNats, formatSquares } from '../../../../shared/explanation/numbers.ts'
import { cellLabel } from '../../../../shared/explanation/labels.ts'
import type { Target } from '../../../../shared/explanation/record.ts'
import { largest, normalise } from '../../../../shared/explanation/scale.ts'
import type { View } from '../../../../shared/explanation/view.ts'
import { viewOf } from '../../../../shared/explanation/view.ts'
import { matrixScale, sumsOfSquares } from '../../../../shared/explanation/view/matrix.ts'
import { answerTargets } from '../../../../shared/explanation/view/whole-maximum.ts'
import { strongestFirst } from '../../../../shared/explanation/view/view-words.ts'
import { noWordsBefore, strongestWords } from '../../../../shared/explanation/wording.ts'
import { cells } from '../../../../shared/sequence/patch-grid.ts'
import { tokenPosition } from '../../../../shared/sequence/sequence.ts'
import { sequenceOfKnown } from '../../../../shared/explanation/known.ts'
import { element as at } from '../../../../shared/values/element.ts'
import type { ExportView } from '../../export-view.ts'
import type { MapColours } from '../map/heat-map.ts'
import { fitScale, heatMap, pictureDefinition } from '../map/heat-map.ts'
import { chipFlow, chipOf, nameChip } from '../parts/chips.ts'
import type { FlowToken } from '../parts/document-flow.ts'
import { documentFlow } from '../parts/document-flow.ts'
import { legendBar, oneSidedBar } from '../parts/legend-bar.ts'
import { legendLine } from '../parts/legend-block.ts'
import type { SheetSource } from '../sheet.ts'
import { margin, panel, sheet, sheetWidth } from '../sheet.ts'
import { fitted, heading, line } from '../text/lettering.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, group } from '../text/svg.ts'

const width = sheetWidth - 2 * margin
const columns = 4
const gutter = 20
const tileWidth = (width - (columns - 1) * gutter) / columns
const legendWidth = 300

/** Most tokens drawn on one sheet. */
const mostTiles = 95

/** The whole completion on one sheet: every token's map, and the sum of squares over all of them (the paper's picture metric). */
export function completionSheet(source: SheetSource): Svg {
  const { view, picture, pen } = source
  const shown = view.view.tokens.filter(({ segment }) => picture !== null || segment === 'completion')
  const names = shown.map((token) => ({
    ...chipOf(token, 'none'),
    look: nameLook(token),
    share: null,
    dropShare: null,
    name: null,
  }))
  const chips = chipFlow(pen, names, 'colour', width)
  const body = picture === null ? documentBlock(source) : tilesBlock(source)
  const chipsHeight = chips.height + 36
  const svg = [
    element('rect', { width: sheetWidth, height: chipsHeight, fill: pen.palette.panel }),
    element('rect', { y: chipsHeight - 1, width: sheetWidth, height: 1, fill: pen.palette.line }),
    group(margin, 18, chips.svg),
    group(margin, chipsHeight + 24, body.svg),
  ].join('')
  const definitions = picture === null ? '' : pictureDefinition('picture', picture)
  return sheet(source, { height: chipsHeight + 24 + body.height + 24, definitions, svg })
}

function nameLook({ segment }: { readonly segment: string }): 'prompt' | 'plain' {
  return segment === 'prompt' ? 'prompt' : 'plain'
}

/** The view of one token of the sheet, on the sheet's scale. */
function tokenView({ known, question: { scale } }: ExportView, { segment, index }: Target): View {
  const about = { kind: 'tokens', tokens: [{ segment, index }] } as const
  return viewOf(known, { about, against: { kind: 'nothing' }, without: null, scale })
}

function tilesBlock(source: SheetSource): Block {
  const { view } = source
  const targets = answerTargets(view.known.targets)
  const shown = targets.slice(0, mostTiles)
  const tiles = [squaresTile(source), ...shown.map((target) => targetTile(source, tokenView(view, target)))]
  const tileHeight = Math.max(...tiles.map(({ height }) => height))
  const rows = Math.ceil(tiles.length / columns)
  const placed = tiles.map(({ svg }, place) =>
    group((place % columns) * (tileWidth + gutter), Math.floor(place / columns) * (tileHeight + gutter), svg),
  )
  const top = rows * (tileHeight + gutter)
  const more = targets.length > shown.length ? `first ${shown.length} of ${targets.length} tokens` : null
  return { height: top + 64, svg: [...placed, group(0, top, legends(source, more))].join('') }
}

function targetTile(source: SheetSource, view: View): Block {
  const { map, notes, subject } = view
  const caption = map === null ? 'patches not suppressed' : (notes[0] ?? strongestCell(map))
  return tile(source, { title: subject.label, note: subject.numbers, caption, map, explained: true })
}

function strongestCell(map: NonNullable<View['map']>): string {
  if (map.strongest === null) return ''
  return strongestWords([{ label: cellLabel(at(cells(map), map.strongest)), nats: at(map.values, map.strongest) }])
}

function squaresTile(source: SheetSource): Block {
  const map = squaresMap(source.view)
  return tile(source, { title: 'All tokens', note: 'Σ R²', caption: 'sum of squares over the tokens', map, explained: false })
}

/** Sum of squares of every patch, in square nats; `null` when no patches were suppressed. */
function squaresMap({ known }: ExportView): MapColours | null {
  const { grid, inputs } = known
  const sums = sumsOfSquares(known, 'patch')
  if (grid === null || sums.size === 0) return null
  const values = new Float32Array(grid.rows * grid.columns).fill(Number.NaN)
  for (const [index, squares] of sums) {
    const { row, column } = at(inputs, index)
    if (row !== null && column !== null) values[row * grid.columns + column] = squares
  }
  return { rows: grid.rows, columns: grid.columns, values, shares: sharesOf(values, largest(sums.values())), tone: 'colour' }
}

function sharesOf(values: Float32Array, maximum: number): Float32Array {
  return values.map((value) => normalise(value, maximum))
}

interface Tile {
  readonly title: string
  readonly note: string
  readonly caption: string
  readonly map: MapColours | null
  readonly explained: boolean
}

function tile({ view, picture, pen }: SheetSource, { title, note, caption, map, explained }: Tile): Block {
  const provenance = view.explanation.picture
  if (picture === null || provenance === null) return { height: 0, svg: '' }
  const scale = fitScale(picture, tileWidth, tileWidth)
  const drawn = { map, seen: provenance.seen, smooth: view.display.smooth, strongest: null, outlined: null }
  const style = { size: 12.5, fill: pen.palette.muted, anchor: 'end' } as const
  const name = explained
    ? chipFlow(pen, [nameChip(title, 'explained')], 'colour', tileWidth - 16 - pen.metrics.regular.width(note, style.size)).svg
    : line(0, 21, title, { size: 15, weight: 'semibold' })
  const height = picture.height * scale
  const quiet = { size: 12, fill: pen.palette.muted }
  return {
    height: 40 + height + 24,
    svg: element(
      'g',
      { 'data-tile': title },
      name,
      line(tileWidth, 21, note, style),
      group((tileWidth - picture.width * scale) / 2, 40, heatMap(pen, 'picture', picture, drawn, scale)),
      line(0, 40 + height + 18, fitted(pen, caption, quiet, tileWidth), quiet),
    ),
  }
}

function legends({ view, pen }: SheetSource, more: string | null): Svg {
  const squares = largest(sumsOfSquares(view.known, 'patch').values())
  const scale = matrixScale(view.known, view.question.scale)
  const room = width - legendWidth - 50
  return [
    group(14, 4, oneSidedBar(pen, formatSquares(squares), 160)),
    group(width - legendWidth - 14, 4, legendBar(pen, scale.ticks, legendWidth)),
    legendLine(pen, scale, view.display.smooth, room, 14, 'end'),
    more === null ? '' : line(room, 32, more, { size: 11.5, fill: pen.palette.muted, anchor: 'end' }),
  ].join('')
}

function documentBlock(source: SheetSource): Block {
  const { view, pen } = source
  const sums = sumsOfSquares(view.known, 'token')
  const maximum = largest(sums.values())
  const flow = documentFlow(pen, squaresFlow(view, sums, maximum), 'colour', width - 48)
  const list = wordsList(source)
  const height = flow.height + 74
  return {
    height: height + 20 + list.height + 40,
    svg: [
      panel(pen, 0, 0, width, height),
      heading(pen, 24, 32, 'All tokens: sum of squares'),
      group(24, 48, flow.svg),
      group(0, height + 20, list.svg),
      group(14, height + 20 + list.height + 12, oneSidedBar(pen, formatSquares(maximum), 160)),
    ].join(''),
  }
}

function squaresFlow({ view, known }: ExportView, sums: ReadonlyMap<number, number>, maximum: number): FlowToken[] {
  const sequence = sequenceOfKnown(known)
  const single = known.inputs.filter(({ kind }) => kind === 'token')
  const byPosition = new Map(single.map(({ index, members }) => [at(members, 0) as number, sums.get(index)]))
  return view.tokens.map(({ segment, index, text }) => {
    const squares = byPosition.get(tokenPosition(sequence, { role: segment, index }))
    const share = squares === undefined ? null : normalise(squares, maximum)
    return { text, share, look: segment === 'prompt' ? 'plain' : 'written', outlined: false, name: `${segment}-${index}` }
  })
}

/** Every token of the completion with the words it needed most. */
function wordsList({ view, pen }: SheetSource): Block {
  const rows = answerTargets(view.known.targets)
    .slice(0, mostTiles)
    .map((target, row) => wordsRow(pen, tokenView(view, target), row))
  return { height: rows.length * 38, svg: rows.join('') }
}

function wordsRow(pen: SheetSource['pen'], { words, notes, subject }: View, row: number): Svg {
  const strongest = strongestFirst(words).slice(0, 6)
  const said = notes[0] ?? strongest.map(({ label, nats }) => `${label} ${formatNats(nats)}`).join('   ')
  const style = { size: 13, fill: pen.palette.muted }
  const shown = said === '' ? noWordsBefore : said
  return group(
    0,
    row * 38,
    chipFlow(pen, [nameChip(subject.label, 'explained')], 'colour', 180).svg,
    line(330, 20, subject.numbers, { ...style, anchor: 'end' }),
    line(350, 20, fitted(pen, shown, style, width - 350), style),
  )
}
