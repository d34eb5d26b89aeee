import { normalise } from '../../../shared/explanation/scale.ts'
import { textColour } from '../../../shared/colour/contrast.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import { over } from '../../../shared/colour/rgba.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { Block } from './chips.ts'
import { fitted, tightLine } from './text/lettering.ts'
import type { Pen } from './text/pen.ts'
import type { Svg } from './text/svg.ts'
import { element, hex } from './text/svg.ts'
import { positionOf } from '../subject.ts'
import type { Subject } from '../subject.ts'
import { sumOfSquares, tokenRelevance } from '../target-view.ts'

/** What colours the words of a document: their relevance for a subject, or for the whole completion (sum of squares). */
export type DocumentColour =
  | { readonly kind: 'subject'; readonly subject: Subject; readonly maximum: number }
  | { readonly kind: 'squares'; readonly maximum: number }

interface Piece {
  readonly text: string
  readonly share: number
  readonly look: 'plain' | 'written' | 'explained' | 'later'
}

const size = 15.5
const lineHeight = 29

/** Prompt and completion as running text, every token on the colour of its relevance; explained tokens are black, later ones are pale. */
export function documentFlow(pen: Pen, explanation: Explanation, colour: DocumentColour, width: number): Block {
  const pieces = piecesOf(explanation, colour)
  const font = pen.metrics.regular
  let [x, row] = [0, 0]
  const drawn = words(pieces).flatMap((word) => {
    const wide = word.reduce((sum, { text }) => sum + font.width(spaced(text), size), 0)
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1]
    return word.map((piece) => {
      const text = fitted(pen, spaced(piece.text), { size }, width)
      const svg = draw(piece, x === 0 ? text.trimStart() : text, x, row * lineHeight, pen)
      x += font.width(x === 0 ? text.trimStart() : text, size)
      const breaks = piece.text.split('\n').length - 1
      if (breaks > 0) [x, row] = [0, row + breaks]
      return svg
    })
  })
  // Grounds first: a wide one must not cover the token beside it.
  return {
    height: (row + 1) * lineHeight,
    svg: [...drawn.map(({ ground }) => ground), ...drawn.map(({ text }) => text)].join(''),
  }
}

/** Sum of squares of every token of the text, by position, in square nats. */
export function squaresByPosition(explanation: Explanation): Map<number, number> {
  const squares = sumOfSquares(explanation, 'token')
  return new Map(Array.from(squares, ([index, value]) => [explanation.inputs[index]?.members[0] ?? 0, value]))
}

function piecesOf(explanation: Explanation, colour: DocumentColour): Piece[] {
  const { prompt, completion } = explanation
  const nats =
    colour.kind === 'squares'
      ? squaresByPosition(explanation)
      : new Map(tokenRelevance(explanation, colour.subject).map(({ input, nats: value }) => [input.members[0] ?? 0, value]))
  const chosen = colour.kind === 'squares' ? [] : colour.subject.targets.map((target) => positionOf(explanation, target))
  const last = Math.max(...chosen)
  return [...prompt.tokens, ...completion.tokens].map(({ text }, place) => ({
    text,
    share: normalise(nats.get(place) ?? 0, colour.maximum),
    look: chosen.some((position) => position === place)
      ? 'explained'
      : chosen.length > 0 && place > last
        ? 'later'
        : place < prompt.tokens.length
          ? 'plain'
          : 'written',
  }))
}

/** Tokens that are not parted by a space stay on one line. */
function words(pieces: readonly Piece[]): Piece[][] {
  return pieces.reduce<Piece[][]>((all, piece) => {
    const last = all.at(-1)
    if (last === undefined || /^\s/.test(piece.text) || /\s$/.test(last.at(-1)?.text ?? '')) all.push([piece])
    else last.push(piece)
    return all
  }, [])
}

function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

interface DrawnToken {
  readonly ground: Svg
  readonly text: Svg
}

function draw(piece: Piece, text: string, x: number, y: number, pen: Pen): DrawnToken {
  const { palette, theme } = pen
  const explained = piece.look === 'explained'
  const ground = over(ramp(piece.share, theme), palette.panelColour)
  const fill = explained ? palette.onInk : piece.look === 'later' ? palette.faint : hex(textColour(ground))
  const font = pen.metrics.regular
  const visible = text.trim()
  const left = x + font.width(text.slice(0, text.length - text.trimStart().length), size)
  const width = font.width(visible, size)
  const box = {
    x: left - 2,
    y: y + 3,
    width: width + 4,
    height: lineHeight - 6,
    rx: 4,
    fill: explained ? palette.ink : hex(ground),
  }
  const under = { x: left, y: y + lineHeight - 4, width, height: 1, fill: palette.lineStrong }
  return {
    ground: visible === '' || (!explained && piece.share === 0) ? '' : element('rect', box),
    text: [
      piece.look === 'written' || piece.look === 'later' ? element('rect', under) : '',
      tightLine(pen, left, y + 20, visible, { size, fill }),
    ].join(''),
  }
}
