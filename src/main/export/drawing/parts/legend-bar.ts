import { legendStops } from '../../../../shared/colour/legend.ts'
import type { Tick } from '../../../../shared/explanation/view/view-scale.ts'
import { legendEnds } from '../../../../shared/explanation/wording.ts'
import { line } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Svg } from '../text/svg.ts'
import { element, hex } from '../text/svg.ts'

const barHeight = 10

/** The bar from full opposition to full support with its marks; 42 units high. */
export function legendBar(pen: Pen, ticks: readonly Tick[], width: number): Svg {
  return [
    bar(pen, 'legend', 0, width),
    ...ticks.map(({ at, label }) => tick(pen, at * width, label)),
    line(0, barHeight + 31, legendEnds.low, { size: 11.5, fill: pen.palette.faint }),
    line(width, barHeight + 31, legendEnds.high, { size: 11.5, fill: pen.palette.faint, anchor: 'end' }),
  ].join('')
}

/** The bar from zero to full support, for sums of squares, which have one sign. */
export function oneSidedBar(pen: Pen, maximum: string, width: number): Svg {
  return [bar(pen, 'squares', 0.5, width), tick(pen, 0, '0'), tick(pen, width, maximum)].join('')
}

/** @param from where on the whole bar it begins, 0 to 1 */
function bar({ palette, theme }: Pen, id: string, from: number, width: number): Svg {
  const stops = legendStops(theme).flatMap(({ at, colour: [red, green, blue, alpha] }) =>
    at < from
      ? []
      : element('stop', {
          offset: (at - from) / (1 - from),
          'stop-color': hex([red, green, blue]),
          'stop-opacity': Number(alpha.toFixed(3)),
        }),
  )
  const box = { x: 0.5, y: 0.5, width: width - 1, height: barHeight, rx: 3 }
  return [
    element('defs', {}, element('linearGradient', { id }, ...stops)),
    element('rect', { ...box, fill: palette.panel }),
    element('rect', { ...box, fill: `url(#${id})`, stroke: palette.line }),
  ].join('')
}

function tick({ palette }: Pen, x: number, label: string): Svg {
  return line(x, barHeight + 15, label, { size: 11.5, fill: palette.muted, anchor: 'middle', marks: { 'data-role': 'tick' } })
}
