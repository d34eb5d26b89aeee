import type { Tone } from '../../../../shared/colour/ramp.ts'
import { fitted, line } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Marks, Svg } from '../text/svg.ts'
import { element } from '../text/svg.ts'

/** A labelled number of a view. */
export interface Bar {
  readonly label: string
  /** The number as it is written. */
  readonly written: string
  /** Length of the bar: a share of full colour in [-1, 1], or a probability. */
  readonly share: number
  readonly marks: Marks
  /** Whether it is the explained one, or the one it is compared with. */
  readonly look?: 'own' | 'compared'
}

const rowHeight = 23
const size = 13

/** Widths of a row's parts: label, track, number. */
interface Columns {
  readonly label: number
  readonly track: number
  readonly number: number
}

/** Signed bars around a middle line on the view's scale: warm to the right supports, cool to the left opposes, grey says nothing. */
export function relevanceBars(pen: Pen, bars: readonly Bar[], tone: Tone, width: number): Block {
  const { palette } = pen
  const columns = columnsOf(width)
  const middle = columns.label + columns.track / 2
  const rows = bars.map((bar, row) => {
    const length = Math.abs(bar.share) * (columns.track / 2 - 2)
    const x = bar.share < 0 ? middle - length : middle
    const y = row * rowHeight
    return element(
      'g',
      bar.marks,
      element('rect', { x: middle - 0.5, y: y + 2, width: 1, height: rowHeight - 4, fill: palette.lineStrong }),
      element('rect', { x, y: y + 8, width: Math.max(length, 0.5), height: 8, rx: 2, fill: fillOf(pen, bar, tone) }),
      labelled(pen, bar, y, width, columns),
    )
  })
  return { height: bars.length * rowHeight, svg: rows.join('') }
}

/** Signed bars under the beginning of each passage, as {@link relevanceBars}. */
export function passageBars(pen: Pen, bars: readonly Bar[], tone: Tone, width: number): Block {
  const { palette } = pen
  const height = 36
  const rows = bars.map((bar, row) => {
    const y = row * height
    const length = Math.max(Math.abs(bar.share) * (width / 2), 0.5)
    const x = bar.share < 0 ? width / 2 - length : width / 2
    return element(
      'g',
      bar.marks,
      line(0, y + 14, fitted(pen, bar.label, { size }, width - 62), { size }),
      line(width, y + 14, bar.written, { size, fill: palette.muted, anchor: 'end' }),
      element('rect', { x: 0, y: y + 21, width, height: 5, rx: 2, fill: palette.sunken }),
      element('rect', { x, y: y + 21, width: length, height: 5, fill: fillOf(pen, bar, tone) }),
    )
  })
  return { height: bars.length * height, svg: rows.join('') }
}

/** Bars from the left for probabilities; the explained token stands out, the one it is compared with has a frame. */
export function probabilityBars(pen: Pen, bars: readonly Bar[], width: number): Block {
  const { palette } = pen
  const columns = columnsOf(width)
  const rows = bars.map((bar, row) => {
    const y = row * rowHeight
    const length = Math.max(bar.share * columns.track, 1)
    const frame = { x: -7.5, y: y + 0.5, width: width + 15, height: rowHeight - 1, rx: 6, fill: 'none', stroke: palette.ink }
    return element(
      'g',
      bar.marks,
      bar.look === 'compared' ? element('rect', frame) : '',
      element('rect', { x: columns.label, y: y + 8, width: length, height: 8, rx: 1.5, fill: palette.text }),
      labelled(pen, bar, y, width, columns),
    )
  })
  return { height: bars.length * rowHeight, svg: rows.join('') }
}

function fillOf({ palette }: Pen, { share }: Bar, tone: Tone): string {
  if (tone === 'grey') return palette.faint
  return share < 0 ? palette.cool : palette.warm
}

function columnsOf(width: number): Columns {
  const [label, number] = [width * 0.36, 62]
  return { label, number, track: width - label - number }
}

function labelled(pen: Pen, { label, written, look }: Bar, y: number, width: number, columns: Columns): Svg {
  const style = { size, weight: look === 'own' ? 'semibold' : 'regular' } as const
  return [
    line(0, y + 16.5, fitted(pen, label, style, columns.label - 8), style),
    line(width, y + 16.5, written, { size, fill: pen.palette.muted, anchor: 'end' }),
  ].join('')
}
