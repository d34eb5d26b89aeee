import type { Question } from '../shared/explanation/question.ts'
import type { Cell } from '../shared/sequence/patch-grid.ts'
import { find } from './find.ts'
import { listenKeys } from './keys.ts'
import { cellOfElement, tokenOfElement } from './places.ts'
import { askAbout, askAgainst, askToken, askWithout } from './question-steps.ts'
import type { Side } from './side.ts'
import { drawTip } from './tip.ts'

/**
 * Lets a side be asked.
 * @param redraw draws the page again
 */
export function listenSide(side: Side, redraw: () => void): void {
  const ask = (question: Question): void => {
    side.question = question
    redraw()
  }
  side.root.addEventListener('click', (event) => {
    if (event.target instanceof Element) clicked(side, event.target, event.shiftKey, ask, redraw)
  })
  find(side.root, 'details.numbers').addEventListener('toggle', redraw)
  listenKeys(side, ask)
  const map = side.root.querySelector('.map')
  map?.addEventListener('pointermove', ({ target }) => point(side, cellOfElement(side, target)))
  for (const left of ['pointerleave', 'blur']) map?.addEventListener(left, () => point(side, null))
}

function clicked(side: Side, target: Element, extend: boolean, ask: (question: Question) => void, redraw: () => void): void {
  const { question, known } = side
  const cell = cellOfElement(side, target)
  const token = tokenOfElement(target.closest('button[data-token]'))
  const candidate = target.closest('[data-candidate]')?.getAttribute('data-candidate')
  if (cell !== null) ask(askWithout(question, known, cell))
  else if (token !== null) ask(askToken(question, known, token, extend))
  else if (typeof candidate === 'string') ask(askAgainst(question, Number(candidate)))
  else {
    switch (target.closest('[data-action]')?.getAttribute('data-action')) {
      case 'whole':
        ask(askAbout(question, []))
        break
      case 'release':
        ask({ ...question, without: null })
        break
      case 'order':
        side.byStrength = !side.byStrength
        redraw()
        break
      default:
    }
  }
}

function point(side: Side, cell: Cell | null): void {
  if (side.cell?.row === cell?.row && side.cell?.column === cell?.column) return
  side.cell = cell
  drawTip(side)
}
