import type { View } from '../../../../shared/explanation/view.ts'
import { below, paragraph } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block } from '../text/svg.ts'

/** Title, detail and notes of a view under each other. */
export function titleBlock(pen: Pen, { title, detail, notes }: View, width: number, size: number): Block {
  const { palette } = pen
  // A long title is written smaller before it is cut.
  const fits = pen.metrics.semibold.width(title, size) <= 1.6 * width
  const large = { size: fits ? size : Math.round(size * 0.7), weight: 'semibold', marks: { 'data-role': 'title' } } as const
  return below(
    [
      paragraph(pen, title, large, width, 4),
      paragraph(pen, detail, { size: 13, fill: palette.muted, marks: { 'data-role': 'detail' } }, width),
      ...notes.map((note) => paragraph(pen, note, { size: 13, fill: palette.text, marks: { 'data-role': 'note' } }, width)),
    ],
    6,
  )
}
