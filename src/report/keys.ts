import type { Question } from '../shared/explanation/question.ts'
import type { Cell, GridShape } from '../shared/sequence/patch-grid.ts'
import { tokenOfElement } from './places.ts'
import { askAbout, askWithout } from './question-steps.ts'
import type { Side } from './side.ts'
import { drawTip } from './tip.ts'

/** Arrow keys go from token to token and from patch to patch; Enter asks about the patch. */
export function listenKeys(side: Side, ask: (question: Question) => void): void {
  for (const list of side.root.querySelectorAll<HTMLElement>('.tokens'))
    list.addEventListener('keydown', (event) => stepToken(side, list, event, ask))
  const map = side.root.querySelector<SVGElement>('.map')
  map?.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && side.cell !== null) {
      event.preventDefault()
      ask(askWithout(side.question, side.known, side.cell))
    } else stepCell(side, event)
  })
}

function stepToken(side: Side, list: HTMLElement, event: KeyboardEvent, ask: (question: Question) => void): void {
  const chips = [...list.querySelectorAll<HTMLElement>('button[data-token]')]
  const at = chips.findIndex((chip) => chip === document.activeElement)
  const next = at < 0 ? undefined : chips[stepped(event.key, at, chips.length)]
  const token = tokenOfElement(next ?? null)
  if (next === undefined || token === null) return
  event.preventDefault()
  next.focus()
  ask(askAbout(side.question, [token]))
}

/** The place one step further; outside the list for another key. */
function stepped(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowLeft':
      return at - 1
    case 'ArrowRight':
      return at + 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}

const steps: ReadonlyMap<string, Cell> = new Map([
  ['ArrowLeft', { row: 0, column: -1 }],
  ['ArrowRight', { row: 0, column: 1 }],
  ['ArrowUp', { row: -1, column: 0 }],
  ['ArrowDown', { row: 1, column: 0 }],
])

function stepCell(side: Side, event: KeyboardEvent): void {
  const step = steps.get(event.key)
  const { grid } = side.known
  if (step === undefined || grid === null) return
  event.preventDefault()
  side.cell = side.cell === null ? { row: 0, column: 0 } : further(grid, side.cell, step)
  drawTip(side)
}

function further({ rows, columns }: GridShape, at: Cell, by: Cell): Cell {
  return { row: within(at.row + by.row, rows), column: within(at.column + by.column, columns) }
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place))
}
