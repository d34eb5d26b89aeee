import { formatNats } from '../../../shared/colour/legend.ts'
import type { Block } from './chips.ts'
import { fitted, line } from './text/lettering.ts'
import type { Pen } from './text/pen.ts'
import type { Svg } from './text/svg.ts'
import { element } from './text/svg.ts'

/** A labelled number. */
export interface Bar {
  readonly label: string
  readonly value: number
}

const rowHeight = 23
const size = 13

/** Widths of a row's parts: label, track, number. */
interface Columns {
  readonly label: number
  readonly track: number
  readonly number: number
}

/** Signed bars around a middle line: warm to the right supports, cool to the left opposes; numbers in nats. */
export function relevanceBars(pen: Pen, bars: readonly Bar[], width: number): Block {
  const { palette } = pen
  const columns = columnsOf(width)
  const maximum = Math.max(...bars.map(({ value }) => Math.abs(value)), Number.MIN_VALUE)
  const middle = columns.label + columns.track / 2
  const rows = bars.map((bar, row) => {
    const length = (Math.abs(bar.value) / maximum) * (columns.track / 2 - 2)
    const x = bar.value < 0 ? middle - length : middle
    const fill = bar.value < 0 ? palette.cool : palette.warm
    const y = row * rowHeight
    return [
      element('rect', { x: middle - 0.5, y: y + 2, width: 1, height: rowHeight - 4, fill: palette.lineStrong }),
      element('rect', { x, y: y + 8, width: Math.max(length, 0.5), height: 8, rx: 2, fill }),
      labelled(pen, bar.label, formatNats(bar.value), y, width, columns),
    ].join('')
  })
  return { height: bars.length * rowHeight, svg: rows.join('') }
}

/** Signed bars under the beginning of each passage, as {@link relevanceBars}. */
export function passageBars(pen: Pen, bars: readonly Bar[], width: number): Block {
  const { palette } = pen
  const height = 36
  const maximum = Math.max(...bars.map(({ value }) => Math.abs(value)), Number.MIN_VALUE)
  const rows = bars.map(({ label, value }, row) => {
    const y = row * height
    const length = Math.max((Math.abs(value) / maximum) * (width / 2), 0.5)
    const x = value < 0 ? width / 2 - length : width / 2
    return [
      line(0, y + 14, fitted(pen, label, { size }, width - 62), { size }),
      line(width, y + 14, formatNats(value), { size, fill: palette.muted, anchor: 'end' }),
      element('rect', { x: 0, y: y + 21, width, height: 5, rx: 2, fill: palette.sunken }),
      element('rect', { x, y: y + 21, width: length, height: 5, fill: value < 0 ? palette.cool : palette.warm }),
    ].join('')
  })
  return { height: bars.length * height, svg: rows.join('') }
}

/** Bars from the left for probabilities. */
export function probabilityBars(pen: Pen, bars: readonly Bar[], width: number): Block {
  const { palette } = pen
  const columns = columnsOf(width)
  const rows = bars.map((bar, row) => {
    const y = row * rowHeight
    const length = Math.max(bar.value * columns.track, 1)
    return [
      element('rect', { x: columns.label, y: y + 8, width: length, height: 8, rx: 1.5, fill: palette.text }),
      labelled(pen, bar.label, formatProbability(bar.value), y, width, columns),
    ].join('')
  })
  return { height: bars.length * rowHeight, svg: rows.join('') }
}

/** A probability with as many digits as it deserves: `0.98`, `0.011`, `0.0004`, `<0.0001`. */
export function formatProbability(probability: number): string {
  if (probability < 0.0001) return '<0.0001'
  return probability >= 0.1 ? probability.toFixed(2) : String(Number(probability.toPrecision(2)))
}

function columnsOf(width: number): Columns {
  const [label, number] = [width * 0.36, 62]
  return { label, number, track: width - label - number }
}

function labelled(pen: Pen, text: string, number: string, y: number, width: number, columns: Columns): Svg {
  const short = fitted(pen, text, { size }, columns.label - 8)
  return [
    line(0, y + 16.5, short, { size }),
    line(width, y + 16.5, number, { size, fill: pen.palette.muted, anchor: 'end' }),
  ].join('')
}
