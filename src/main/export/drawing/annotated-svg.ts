import { completionSheet } from './completion-sheet.ts'
import type { SheetSource } from './sheet.ts'
import type { Subject } from '../subject.ts'
import type { Svg } from './text/svg.ts'
import { tokenSheet } from './token-sheet.ts'

/**
 * The annotated picture, or document, as one SVG: of a subject, or with `null` of every token of the
 * completion. It holds no script and refers to nothing outside
 * itself but the typeface; every text is escaped.
 */
export function annotatedSvg(source: SheetSource, subject: Subject | null): Svg {
  return subject === null ? completionSheet(source) : tokenSheet(source, subject)
}
