import { legendScale, legendUnit } from '../../shared/colour/legend.ts'
import type { Explanation, Target } from '../../shared/domain/explanation.ts'
import type { Block, Chip } from './chips.ts'
import { chipFlow, underline } from './chips.ts'
import { documentFlow } from './document-flow.ts'
import { fitScale, heatMap, pictureDefinition } from './heat-map.ts'
import { inspector } from './inspector.ts'
import { legendBar } from './legend-bar.ts'
import { line } from './lettering.ts'
import { palette } from './palette.ts'
import type { SheetSource } from './sheet.ts'
import { margin, panel, sheet, sheetWidth } from './sheet.ts'
import type { Svg } from './svg.ts'
import { element, group } from './svg.ts'
import { fullColour, patchMap, strongestPatch, tokenRelevance } from './target-view.ts'

const sideWidth = 356
const mainWidth = sheetWidth - sideWidth
const contentWidth = mainWidth - 2 * margin
const mapHeight = 720
const legendWidth = 320

/** One token's explanation: the map over the greyed picture, or the coloured document, beside everything there is to tell about the token. */
export function tokenSheet(source: SheetSource, target: Target): Svg {
  const { explanation, picture, typeface } = source
  const main = picture === null ? documentSide(source, target) : pictureSide(source, target)
  const side = inspector(typeface, explanation, target, sideWidth)
  const height = Math.max(main.height, side.height)
  const body = [
    main.svg,
    element('rect', { x: mainWidth, width: sideWidth, height, fill: palette.panel }),
    element('rect', { x: mainWidth, width: 1, height, fill: palette.line }),
    group(mainWidth, 0, side.svg),
  ].join('')
  return sheet(source, height, picture === null ? '' : pictureDefinition(picture.display), body)
}

function pictureSide(source: SheetSource, target: Target): Block {
  const map = mapBlock(source, target)
  const words = chipsBlock(source, target)
  const legend = legendBlock(fullColour(source.explanation, 'image'), 'patch')
  const [legendTop, wordsTop] = [margin + map.height + 18, margin + map.height + 18 + legend.height + 14]
  return {
    height: wordsTop + words.height,
    svg: [group(margin, margin, map.svg), group(margin, legendTop, legend.svg), group(0, wordsTop, words.svg)].join(''),
  }
}

function mapBlock({ explanation, picture }: SheetSource, target: Target): Block {
  const { grid, picture: provenance } = explanation
  if (picture === null || grid === null || provenance === null) return { height: 0, svg: '' }
  const { display } = picture
  const scale = fitScale(display, contentWidth, mapHeight)
  const best = strongestPatch(explanation, target)?.input
  const drawn = heatMap(
    display,
    {
      grid,
      values: patchMap(explanation, target),
      maximum: fullColour(explanation, 'image'),
      seen: provenance.seen,
      outlined: best === undefined ? null : (best.row ?? 0) * grid.columns + (best.column ?? 0),
    },
    scale,
  )
  return { height: display.height * scale, svg: group((contentWidth - display.width * scale) / 2, 0, drawn) }
}

function chipsBlock({ explanation, typeface }: SheetSource, target: Target): Block {
  const flow = chipFlow(typeface, chipsOf(explanation, target), contentWidth)
  const height = flow.height + 36
  const area = element('rect', { width: mainWidth, height, fill: palette.panel })
  const edge = element('rect', { width: mainWidth, height: 1, fill: palette.line })
  return { height, svg: `${area}${edge}${group(margin, 18, flow.svg)}` }
}

/** Prompt and completion as chips, each token underlined with its relevance for the explained one. */
function chipsOf(explanation: Explanation, target: Target): Chip[] {
  const { prompt, completion } = explanation
  const shares = tokenRelevance(explanation, target)
  const maximum = fullColour(explanation, 'text')
  const first = explanation.grid === null ? 0 : explanation.grid.rows * explanation.grid.columns
  const nats = new Map(shares.map(({ input, nats: value }) => [(input.members[0] ?? 0) - first, value]))
  const chosen = target.segment === 'prompt' ? target.index : prompt.tokens.length + target.index
  return [...prompt.tokens, ...completion.tokens].map(({ text }, place) => ({
    text,
    look: place === chosen ? 'explained' : place > chosen ? 'later' : place < prompt.tokens.length ? 'prompt' : 'plain',
    share: underline(nats.get(place), maximum),
  }))
}

/** The bar of colours with its unit, in the middle of the main side. */
function legendBlock(maximum: number, kind: 'patch' | 'token'): Block {
  const unit = `${legendUnit(kind)} · ${legendScale('answer')}`
  return {
    height: 62,
    svg: [
      group((contentWidth - legendWidth) / 2, 0, legendBar(maximum, legendWidth)),
      line(contentWidth / 2, 60, unit, { size: 11.5, fill: palette.muted, anchor: 'middle' }),
    ].join(''),
  }
}

function documentSide({ explanation, typeface }: SheetSource, target: Target): Block {
  const maximum = fullColour(explanation, 'text')
  const flow = documentFlow(typeface, explanation, { kind: 'target', target, maximum }, contentWidth - 48)
  const height = flow.height + 48
  const legend = legendBlock(maximum, 'token')
  return {
    height: margin + height + 20 + legend.height + margin,
    svg: [
      panel(margin, margin, contentWidth, height),
      group(margin + 24, margin + 24, flow.svg),
      group(margin, margin + height + 20, legend.svg),
    ].join(''),
  }
}
