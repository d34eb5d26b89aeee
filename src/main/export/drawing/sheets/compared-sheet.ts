import { straight } from '../../../../shared/explanation/labels.ts'
import type { ExportView } from '../../export-view.ts'
import type { DisplayPicture } from '../display-picture.ts'
import { fitScale, heatMap, pictureDefinition } from '../map/heat-map.ts'
import { chipFlow, chipOf } from '../parts/chips.ts'
import { documentFlow, flowTokenOf } from '../parts/document-flow.ts'
import { legendBlock } from '../parts/legend-block.ts'
import { titleBlock } from '../parts/title-block.ts'
import type { SheetSource } from '../sheet.ts'
import { margin, panel, sheet, sheetWidth } from '../sheet.ts'
import { below, paragraph } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, group } from '../text/svg.ts'

const sideWidth = (sheetWidth - 3 * margin) / 2
const mapHeight = 640

/** One of two records with its answer. */
type Side = Pick<ExportView, 'explanation' | 'known' | 'view' | 'name'>

/** Two answers side by side with one legend: their colours mean the same. */
export function comparedSheet({ view, picture, beside, pen }: SheetSource, other: NonNullable<ExportView['beside']>): Svg {
  const { smooth } = view.display
  const maps = [mapBlock(pen, view, picture, 'picture', smooth), mapBlock(pen, other, beside, 'beside', smooth)]
  const heads = [headBlock(pen, view), headBlock(pen, other)]
  const [headHeight, mapsHeight] = [heads, maps].map((blocks) => Math.max(...blocks.map(({ height }) => height))) as [
    number,
    number,
  ]
  const feet = [footBlock(pen, view), footBlock(pen, other)]
  const sides = [0, 1].map((place) => {
    const [head, map, foot] = [heads[place], maps[place], feet[place]] as [Block, Block, Block]
    const svg = [head.svg, group(0, headHeight + 16, map.svg), group(0, headHeight + mapsHeight + 32, foot.svg)].join('')
    return element('g', { transform: `translate(${margin + place * (sideWidth + margin)} ${margin})`, 'data-side': place }, svg)
  })
  const bottom = margin + headHeight + mapsHeight + 32 + Math.max(...feet.map(({ height }) => height)) + 24
  const legend = legendBlock(pen, view.view.scale, smooth, sheetWidth)
  const definitions = [
    picture === null ? '' : pictureDefinition('picture', picture),
    beside === null ? '' : pictureDefinition('beside', beside),
  ].join('')
  const source = { view, picture, beside, pen }
  return sheet(source, {
    height: bottom + legend.height + margin,
    definitions,
    svg: [...sides, group(0, bottom, legend.svg)].join(''),
  })
}

/** Where it is from, and what is asked of it. */
function headBlock(pen: Pen, { name, explanation, view }: Side): Block {
  const { muted } = pen.palette
  const from = [...(explanation.picture === null ? [] : [straight(name)]), explanation.model.name].join(' · ')
  return below([paragraph(pen, from, { size: 12.5, fill: muted }, sideWidth, 1), titleBlock(pen, view, sideWidth, 22)], 6)
}

function mapBlock(pen: Pen, { explanation, view }: Side, picture: DisplayPicture | null, id: string, smooth: boolean): Block {
  const seen = explanation.picture?.seen
  if (picture === null || seen === undefined) return textBlock(pen, view)
  const scale = fitScale(picture, sideWidth, mapHeight)
  const drawn = { map: view.map, seen, smooth, strongest: view.map?.strongest ?? null, outlined: null }
  const svg = heatMap(pen, id, picture, drawn, scale)
  return { height: picture.height * scale, svg: group((sideWidth - picture.width * scale) / 2, 0, svg) }
}

function textBlock(pen: Pen, { tokens, tones }: Side['view']): Block {
  const flow = documentFlow(
    pen,
    tokens.map((token) => flowTokenOf(token)),
    tones.words,
    sideWidth - 40,
  )
  const height = flow.height + 40
  return { height, svg: `${panel(pen, 0, 0, sideWidth, height)}${group(20, 20, flow.svg)}` }
}

/** Its tokens, the strongest parts in words, and how it was computed. */
function footBlock(pen: Pen, { explanation, view }: Side): Block {
  const style = { size: 12.5, fill: pen.palette.muted }
  const chips = chipFlow(
    pen,
    view.tokens.map((token) => chipOf(token, 'none')),
    view.tones.words,
    sideWidth,
  )
  return below(
    [
      ...(explanation.picture === null ? [] : [chips]),
      paragraph(pen, view.summary, { ...style, fill: pen.palette.text, marks: { 'data-role': 'summary' } }, sideWidth),
      paragraph(pen, view.method, style, sideWidth, 2),
    ],
    10,
  )
}
