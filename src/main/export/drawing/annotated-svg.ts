import { comparedSheet } from './sheets/compared-sheet.ts'
import { completionSheet } from './sheets/completion-sheet.ts'
import { matrixSheet } from './sheets/matrix-sheet.ts'
import { tableSheet } from './sheets/table-sheet.ts'
import { tokenSheet } from './sheets/token-sheet.ts'
import type { SheetSource } from './sheet.ts'
import type { Svg } from './text/svg.ts'

/**
 * What stands in the middle of the window as one SVG: a map or a document, two of them side by side, the matrix, or the table. It holds no script and refers
 * to nothing outside itself but the typeface; every text is escaped.
 */
export function annotatedSvg(source: SheetSource): Svg {
  if (source.view.beside !== null) return comparedSheet(source, source.view.beside)
  switch (source.view.display.view) {
    case 'map':
      return tokenSheet(source)
    case 'matrix':
      return matrixSheet(source)
    case 'table':
      return tableSheet(source)
  }
}

/** The contact sheet of every token of the completion as one SVG. */
export function contactSvg(source: SheetSource): Svg {
  return completionSheet(source)
}
