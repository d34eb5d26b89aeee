import type { Target } from '../../shared/domain/explanation.ts'
import { completionSheet } from './completion-sheet.ts'
import type { SheetSource } from './sheet.ts'
import type { Svg } from './svg.ts'
import { tokenSheet } from './token-sheet.ts'

/**
 * The annotated picture, or document, as one SVG: of one token, or with `null` of the whole completion. It holds no script and refers to nothing outside
 * itself but the typeface; every text is escaped.
 */
export function annotatedSvg(source: SheetSource, target: Target | null): Svg {
  return target === null ? completionSheet(source) : tokenSheet(source, target)
}
