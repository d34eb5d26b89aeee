import { cellSentences } from '../shared/explanation/view/sentences.ts'
import { tipPart, tipWords } from '../shared/report/tip-part.ts'
import { find, findHtml } from './find.ts'
import { patchChildren } from './patch.ts'
import { elementOfCell } from './places.ts'
import type { Side } from './side.ts'

/** Room between a cell and what is said of it, in CSS pixels. */
const room = 8

/** Says what is known of the cell under the pointer or the arrow keys. */
export function drawTip(side: Side): void {
  const { root, cell, view } = side
  if (root.querySelector('.map') === null) return
  const [tip, cursor] = [findHtml(root, '.tip'), find(root, '.cursor')]
  const drawn = cell === null ? null : elementOfCell(side, cell)
  const said = cell === null || view === null ? null : cellSentences(view, cell)
  const shown = drawn !== null && said !== null
  tip.toggleAttribute('hidden', !shown)
  cursor.toggleAttribute('hidden', !shown)
  if (!shown) return
  patchChildren(tip, tipPart(said))
  find(root, '.spoken').textContent = tipWords(said)
  for (const name of ['x', 'y', 'width', 'height']) {
    const value = drawn.getAttribute(name)
    if (value !== null) cursor.setAttribute(name, value)
  }
  place(tip, findHtml(root, '.stage'), drawn)
}

/** Beside the cell, within the picture. */
function place(tip: HTMLElement, stage: HTMLElement, cell: Element): void {
  const frame = stage.getBoundingClientRect()
  const box = cell.getBoundingClientRect()
  const right = box.right - frame.left + room
  const fits = right + tip.offsetWidth <= Math.max(frame.width, document.documentElement.clientWidth - frame.left)
  tip.style.left = `${fits ? right : Math.max(0, box.left - frame.left - tip.offsetWidth - room)}px`
  tip.style.top = `${Math.max(0, Math.min(frame.height - tip.offsetHeight, box.top - frame.top))}px`
}
