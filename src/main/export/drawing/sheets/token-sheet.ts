import type { View } from '../../../../shared/explanation/view.ts'
import type { ViewToken } from '../../../../shared/explanation/view/view-tokens.ts'
import { chipFlow, chipOf } from '../parts/chips.ts'
import { documentFlow, flowTokenOf } from '../parts/document-flow.ts'
import { legendBlock } from '../parts/legend-block.ts'
import { isInPart, outlinedPart } from '../parts/part.ts'
import { fitScale, heatMap, pictureDefinition } from '../map/heat-map.ts'
import type { SheetSource } from '../sheet.ts'
import { margin, panel, sheet, sheetWidth } from '../sheet.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, group } from '../text/svg.ts'
import { inspector } from './inspector.ts'

const sideWidth = 356
const mainWidth = sheetWidth - sideWidth
const contentWidth = mainWidth - 2 * margin
const mapHeight = 720

/** The view of one token, or of several as one: the map over the greyed picture, or the coloured document, beside everything that is said of it. */
export function tokenSheet(source: SheetSource): Svg {
  const { picture, pen } = source
  const main = picture === null ? documentSide(source) : pictureSide(source)
  const side = inspector(source, sideWidth)
  const height = Math.max(main.height, side.height)
  const body = [
    main.svg,
    element('rect', { x: mainWidth, width: sideWidth, height, fill: pen.palette.panel }),
    element('rect', { x: mainWidth, width: 1, height, fill: pen.palette.line }),
    group(mainWidth, 0, side.svg),
  ].join('')
  return sheet(source, { height, definitions: picture === null ? '' : pictureDefinition('picture', picture), svg: body })
}

function pictureSide(source: SheetSource): Block {
  const { view, pen } = source
  const map = mapBlock(source)
  const words = chipsBlock(source, view.view.tokens)
  const legend = legendBlock(pen, view.view.scale, view.display.smooth, contentWidth)
  const legendTop = margin + map.height + 18
  const wordsTop = legendTop + legend.height + 14
  return {
    height: wordsTop + words.height,
    svg: [group(margin, margin, map.svg), group(margin, legendTop, legend.svg), group(0, wordsTop, words.svg)].join(''),
  }
}

function mapBlock({ view, picture, pen }: SheetSource): Block {
  const { map } = view.view
  const provenance = view.explanation.picture
  if (picture === null || provenance === null) return { height: 0, svg: '' }
  const scale = fitScale(picture, contentWidth, mapHeight)
  const outlined = outlinedPart(view.known, view.question.without)
  const drawn = {
    map,
    seen: provenance.seen,
    smooth: view.display.smooth,
    strongest: map?.strongest ?? null,
    outlined,
  }
  const svg = heatMap(pen, 'picture', picture, drawn, scale)
  return { height: picture.height * scale, svg: group((contentWidth - picture.width * scale) / 2, 0, svg) }
}

/** Prompt and completion as chips: underlined with their relevance for the explained ones, tinted with what they lose without a part. */
function chipsBlock({ view: { view, known, question }, pen }: SheetSource, tokens: View['tokens']): Block {
  const { palette } = pen
  const { without } = question
  const place = (token: ViewToken): Parameters<typeof chipOf>[1] =>
    without === null ? 'none' : isInPart(known, without, token) ? 'inside' : 'outside'
  const chips = tokens.map((token) => chipOf(token, place(token)))
  const flow = chipFlow(pen, chips, view.without === null ? view.tones.words : view.tones.drops, contentWidth)
  const height = flow.height + 36
  const area = element('rect', { width: mainWidth, height, fill: palette.panel })
  const edge = element('rect', { width: mainWidth, height: 1, fill: palette.line })
  return { height, svg: `${area}${edge}${group(margin, 18, flow.svg)}` }
}

function documentSide(source: SheetSource): Block {
  const { view, known, question } = source.view
  const { pen } = source
  const tokens = view.tokens.map((token) => flowTokenOf(token, isInPart(known, question.without, token)))
  const flow = documentFlow(pen, tokens, view.tones.words, contentWidth - 48)
  const height = flow.height + 48
  const legend = legendBlock(pen, view.scale, false, contentWidth)
  const legendTop = margin + height + 20
  const wordsTop = legendTop + legend.height + margin
  // The text has the colours of the subject, so what the answer loses without a part is drawn beside it.
  const lost = view.tokens.filter(({ segment }) => segment === 'completion')
  const words = view.without === null ? { height: 0, svg: '' } : chipsBlock(source, lost)
  return {
    height: wordsTop + words.height,
    svg: [
      panel(pen, margin, margin, contentWidth, height),
      group(margin + 24, margin + 24, flow.svg),
      group(margin, legendTop, legend.svg),
      group(0, wordsTop, words.svg),
    ].join(''),
  }
}
