import type { View } from '../shared/explanation/view.ts'
import type { ReportLook } from '../shared/report/look.ts'
import { reportParts } from '../shared/report/report-parts.ts'
import { findHtml } from './find.ts'
import { patchChildren } from './patch.ts'
import type { Side } from './side.ts'
import { drawTip } from './tip.ts'

/** Draws a view of a side. */
export function drawSide(side: Side, view: View, look: Omit<ReportLook, 'table' | 'byStrength'>): void {
  const { root, known, byStrength } = side
  side.view = view
  const table = findHtml(root, 'details.numbers').hasAttribute('open')
  for (const [name, content] of Object.entries(reportParts(view, known, { ...look, table, byStrength }))) {
    const part = root.querySelector(`[data-part="${name}"]`)
    if (part !== null) patchChildren(part, content)
  }
  drawTip(side)
}
