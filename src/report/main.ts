import type { Scale } from '../shared/explanation/question.ts'
import type { View } from '../shared/explanation/view.ts'
import { comparedViews, viewOf } from '../shared/explanation/view.ts'
import { element } from '../shared/values/element.ts'
import { drawSide } from './draw-side.ts'
import { find } from './find.ts'
import { listenSide } from './listen-side.ts'
import { stepBack } from './question-steps.ts'
import { readData } from './read-data.ts'
import type { Side } from './side.ts'

/** Puts the page to work: whatever is asked of its records is answered by the same code as in the app, and drawn. */
function start(): void {
  const { sides: asked, smooth, panels } = readData(find(document, '#report').textContent)
  const roots = [...document.querySelectorAll<HTMLElement>('[data-side]')]
  const sides = asked.map(({ known, question }, place): Side => ({
    root: element(roots, place),
    known,
    question,
    cell: null,
    byStrength: false,
    view: null,
  }))
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const redraw = (): void => {
    const theme = dark.matches ? 'dark' : 'light'
    viewsOf(sides).forEach((view, place) => drawSide(element(sides, place), view, { theme, panel: panels[theme], smooth }))
  }
  for (const side of sides) listenSide(side, redraw)
  listenPage(sides, redraw)
  dark.addEventListener('change', redraw)
  document.documentElement.classList.add('ready')
  redraw()
}

function viewsOf(sides: readonly Side[]): readonly View[] {
  const [first, second] = sides
  if (first === undefined) return []
  return second === undefined ? [viewOf(first.known, first.question)] : comparedViews(first, second)
}

/** What concerns all records: the scale, and Escape. */
function listenPage(sides: readonly Side[], redraw: () => void): void {
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=scale]')) {
    radio.addEventListener('change', () => {
      const scale = radio.value as Scale
      for (const side of sides) side.question = { ...side.question, scale }
      redraw()
    })
  }
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    const reverse = sides.filter(({ question }) => question.without !== null)
    for (const side of reverse.length > 0 ? reverse : sides) side.question = stepBack(side.question)
    for (const side of sides) side.cell = null
    redraw()
  })
}

start()
