import { legendScale, legendUnit } from '../../../shared/colour/legend.ts'
import type { Block, Chip } from './chips.ts'
import { chipFlow, underline } from './chips.ts'
import { documentFlow } from './document-flow.ts'
import { fitScale, heatMap, pictureDefinition } from './heat-map.ts'
import { inspector } from './inspector.ts'
import { legendBar } from './legend-bar.ts'
import { line } from './text/lettering.ts'
import type { SheetSource } from './sheet.ts'
import { margin, panel, sheet, sheetWidth } from './sheet.ts'
import type { Subject } from '../subject.ts'
import { positionOf } from '../subject.ts'
import type { Svg } from './text/svg.ts'
import { element, group } from './text/svg.ts'
import { fullColour, patchMap, strongestPatch, tokenRelevance } from '../target-view.ts'

const sideWidth = 356
const mainWidth = sheetWidth - sideWidth
const contentWidth = mainWidth - 2 * margin
const mapHeight = 720
const legendWidth = 320

/** The explanation of one token, or of several as one: the map over the greyed picture, or the coloured document, beside everything there is to tell. */
export function tokenSheet(source: SheetSource, subject: Subject): Svg {
  const { explanation, picture, pen } = source
  const main = picture === null ? documentSide(source, subject) : pictureSide(source, subject)
  const side = inspector(pen, explanation, subject, sideWidth)
  const height = Math.max(main.height, side.height)
  const body = [
    main.svg,
    element('rect', { x: mainWidth, width: sideWidth, height, fill: pen.palette.panel }),
    element('rect', { x: mainWidth, width: 1, height, fill: pen.palette.line }),
    group(mainWidth, 0, side.svg),
  ].join('')
  const definitions = picture === null ? '' : pictureDefinition(picture.display)
  return sheet(source, { subject, height, definitions, svg: body })
}

function pictureSide(source: SheetSource, subject: Subject): Block {
  const map = mapBlock(source, subject)
  const words = chipsBlock(source, subject)
  const legend = legendBlock(source, fullColour(source.explanation, subject, 'image', source.scale), 'patch')
  const [legendTop, wordsTop] = [margin + map.height + 18, margin + map.height + 18 + legend.height + 14]
  return {
    height: wordsTop + words.height,
    svg: [group(margin, margin, map.svg), group(margin, legendTop, legend.svg), group(0, wordsTop, words.svg)].join(''),
  }
}

function mapBlock({ explanation, picture, pen, scale: colours }: SheetSource, subject: Subject): Block {
  const { grid, picture: provenance } = explanation
  if (picture === null || grid === null || provenance === null) return { height: 0, svg: '' }
  const { display } = picture
  const scale = fitScale(display, contentWidth, mapHeight)
  const best = strongestPatch(explanation, subject)?.input
  const map = {
    grid,
    values: patchMap(explanation, subject),
    maximum: fullColour(explanation, subject, 'image', colours),
    seen: provenance.seen,
    outlined: best === undefined ? null : (best.row ?? 0) * grid.columns + (best.column ?? 0),
  }
  const drawn = heatMap(pen, display, map, scale)
  return { height: display.height * scale, svg: group((contentWidth - display.width * scale) / 2, 0, drawn) }
}

function chipsBlock(source: SheetSource, subject: Subject): Block {
  const { palette } = source.pen
  const flow = chipFlow(source.pen, chipsOf(source, subject), contentWidth)
  const height = flow.height + 36
  const area = element('rect', { width: mainWidth, height, fill: palette.panel })
  const edge = element('rect', { width: mainWidth, height: 1, fill: palette.line })
  return { height, svg: `${area}${edge}${group(margin, 18, flow.svg)}` }
}

/** Prompt and completion as chips, each token underlined with its relevance for the explained ones. */
function chipsOf({ explanation, scale }: SheetSource, subject: Subject): Chip[] {
  const { prompt, completion, grid } = explanation
  const maximum = fullColour(explanation, subject, 'text', scale)
  const first = grid === null ? 0 : grid.rows * grid.columns
  const nats = new Map(
    tokenRelevance(explanation, subject).map(({ input, nats: value }) => [(input.members[0] ?? 0) - first, value]),
  )
  const chosen = new Set(subject.targets.map((target) => positionOf(explanation, target) - first))
  const last = Math.max(...chosen)
  return [...prompt.tokens, ...completion.tokens].map(({ text }, place) => ({
    text,
    look: chosen.has(place) ? 'explained' : place > last ? 'later' : place < prompt.tokens.length ? 'prompt' : 'plain',
    share: underline(nats.get(place), maximum),
  }))
}

/** The bar of colours with its unit, in the middle of the main side. */
function legendBlock({ pen, scale }: SheetSource, maximum: number, kind: 'patch' | 'token'): Block {
  const unit = `${legendUnit(kind)} · ${legendScale(scale)}`
  return {
    height: 62,
    svg: [
      group((contentWidth - legendWidth) / 2, 0, legendBar(pen, maximum, legendWidth)),
      line(contentWidth / 2, 60, unit, { size: 11.5, fill: pen.palette.muted, anchor: 'middle' }),
    ].join(''),
  }
}

function documentSide(source: SheetSource, subject: Subject): Block {
  const { explanation, pen, scale } = source
  const maximum = fullColour(explanation, subject, 'text', scale)
  const flow = documentFlow(pen, explanation, { kind: 'subject', subject, maximum }, contentWidth - 48)
  const height = flow.height + 48
  const legend = legendBlock(source, maximum, 'token')
  return {
    height: margin + height + 20 + legend.height + margin,
    svg: [
      panel(pen, margin, margin, contentWidth, height),
      group(margin + 24, margin + 24, flow.svg),
      group(margin, margin + height + 20, legend.svg),
    ].join(''),
  }
}
