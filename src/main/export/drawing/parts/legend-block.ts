import type { ViewScale } from '../../../../shared/explanation/view/view-scale.ts'
import { smoothed } from '../../../../shared/explanation/wording.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, escapeXml, group } from '../text/svg.ts'
import { legendBar } from './legend-bar.ts'

const legendWidth = 320

/** The bar of colours with its unit and scale, in the middle of a width. */
export function legendBlock(pen: Pen, scale: Pick<ViewScale, 'ticks' | 'unit' | 'words'>, smooth: boolean, width: number): Block {
  return {
    height: 62,
    svg: [
      group((width - legendWidth) / 2, 0, legendBar(pen, scale.ticks, legendWidth)),
      legendLine(pen, scale, smooth, width / 2, 60, 'middle'),
    ].join(''),
  }
}

/** Unit and scale in one line. */
export function legendLine(
  { palette }: Pen,
  { unit, words }: Pick<ViewScale, 'unit' | 'words'>,
  smooth: boolean,
  x: number,
  y: number,
  anchor: 'middle' | 'end',
): Svg {
  const pieces = [
    element('tspan', { 'data-role': 'unit' }, escapeXml(unit)),
    element('tspan', { 'data-role': 'scale' }, escapeXml(words)),
    ...(smooth ? [escapeXml(smoothed)] : []),
  ]
  return element('text', { x, y, 'font-size': 11.5, fill: palette.muted, 'text-anchor': anchor }, pieces.join(' · '))
}
