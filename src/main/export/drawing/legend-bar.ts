import { legendEnds, legendStops, legendTicks } from '../../../shared/colour/legend.ts'
import { line } from './text/lettering.ts'
import type { Pen } from './text/pen.ts'
import type { Svg } from './text/svg.ts'
import { element, fillOf, hex } from './text/svg.ts'

const barHeight = 10

/**
 * The bar from full opposition to full support with its marks; 34 units high.
 * @param maximum relevance of full colour, in nats
 */
export function legendBar(pen: Pen, maximum: number, width: number): Svg {
  const { palette, theme } = pen
  const stops = legendStops(theme).map(({ at, colour: [red, green, blue, alpha] }) =>
    element('stop', { offset: at, 'stop-color': hex([red, green, blue]), 'stop-opacity': Number(alpha.toFixed(3)) }),
  )
  return [
    element('defs', {}, element('linearGradient', { id: 'legend' }, ...stops)),
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: barHeight, rx: 3, fill: palette.panel }),
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: barHeight, rx: 3, fill: 'url(#legend)', stroke: palette.line }),
    ...legendTicks(maximum).map(({ at, label }) => tick(pen, at * width, label)),
    line(0, barHeight + 31, legendEnds.low, { size: 11.5, fill: palette.faint }),
    line(width, barHeight + 31, legendEnds.high, { size: 11.5, fill: palette.faint, anchor: 'end' }),
  ].join('')
}

/** A patch of one sign: the bar from zero to full support, for sums of squares. */
export function oneSidedBar(pen: Pen, maximum: string, width: number): Svg {
  const { palette, theme } = pen
  const stops = legendStops(theme).filter(({ at }) => at >= 0.5)
  const gradient = stops.map(({ at, colour }) => {
    const { fill, 'fill-opacity': opacity } = fillOf(colour)
    return element('stop', { offset: at * 2 - 1, 'stop-color': fill ?? null, 'stop-opacity': opacity ?? null })
  })
  return [
    element('defs', {}, element('linearGradient', { id: 'squares' }, ...gradient)),
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: barHeight, rx: 3, fill: palette.panel }),
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: barHeight, rx: 3, fill: 'url(#squares)', stroke: palette.line }),
    tick(pen, 0, '0'),
    tick(pen, width, maximum),
  ].join('')
}

function tick({ palette }: Pen, x: number, label: string): Svg {
  return line(x, barHeight + 15, label, { size: 11.5, fill: palette.muted, anchor: 'middle' })
}
