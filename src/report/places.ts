import type { TargetRef } from '../shared/explanation/question.ts'
import type { Cell } from '../shared/sequence/patch-grid.ts'
import type { Side } from './side.ts'

/** The cell of the map that an element draws; `null` for any other element. */
export function cellOfElement({ known: { grid } }: Pick<Side, 'known'>, target: EventTarget | null): Cell | null {
  const place = target instanceof Element ? target.getAttribute('data-cell') : null
  if (grid === null || place === null) return null
  return { row: Math.floor(Number(place) / grid.columns), column: Number(place) % grid.columns }
}

/** The element that draws a cell. */
export function elementOfCell({ root, known: { grid } }: Pick<Side, 'root' | 'known'>, { row, column }: Cell): Element | null {
  return grid === null ? null : root.querySelector(`[data-cell="${row * grid.columns + column}"]`)
}

/** The token that a chip stands for. */
export function tokenOfElement(chip: Element | null): TargetRef | null {
  const place = chip?.getAttribute('data-token')
  if (!place) return null
  const [segment, index] = place.split('-')
  return segment === 'prompt' || segment === 'completion' ? { segment, index: Number(index) } : null
}
