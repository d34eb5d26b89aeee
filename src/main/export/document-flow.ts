import { normalise } from '../../shared/atman/normalise.ts'
import { textColour } from '../../shared/colour/contrast.ts'
import { ramp } from '../../shared/colour/ramp.ts'
import { over } from '../../shared/colour/rgba.ts'
import type { Explanation, Target } from '../../shared/domain/explanation.ts'
import type { Block } from './chips.ts'
import { fitted, line } from './lettering.ts'
import { palette, panelColour } from './palette.ts'
import type { Svg } from './svg.ts'
import { element, hex } from './svg.ts'
import { sumOfSquares, tokenRelevance } from './target-view.ts'
import type { Typeface } from './typeface.ts'

/** What colours the words of a document: their relevance for one token, or for the whole completion (sum of squares). */
export type DocumentColour =
  | { readonly kind: 'target'; readonly target: Target; readonly maximum: number }
  | { readonly kind: 'squares'; readonly maximum: number }

interface Piece {
  readonly text: string
  readonly share: number
  readonly look: 'plain' | 'written' | 'explained' | 'later'
}

const size = 15.5
const lineHeight = 29

/** Prompt and completion as running text, every token on the colour of its relevance; the explained token is black, later ones are pale. */
export function documentFlow(typeface: Typeface, explanation: Explanation, colour: DocumentColour, width: number): Block {
  const pieces = piecesOf(explanation, colour)
  const font = typeface.metrics.regular
  let [x, row] = [0, 0]
  const drawn = words(pieces).flatMap((word) => {
    const wide = word.reduce((sum, { text }) => sum + font.width(spaced(text), size), 0)
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1]
    return word.map((piece) => {
      const text = fitted(typeface, spaced(piece.text), { size }, width)
      const svg = draw(piece, x === 0 ? text.trimStart() : text, x, row * lineHeight, typeface)
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
      : new Map(tokenRelevance(explanation, colour.target).map(({ input, nats: value }) => [input.members[0] ?? 0, value]))
  const chosen =
    colour.kind === 'squares' ? null : colour.target.index + (colour.target.segment === 'prompt' ? 0 : prompt.tokens.length)
  return [...prompt.tokens, ...completion.tokens].map(({ text }, place) => ({
    text,
    share: normalise(nats.get(place) ?? 0, colour.maximum),
    look:
      place === chosen
        ? 'explained'
        : chosen !== null && place > chosen
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

function draw(piece: Piece, text: string, x: number, y: number, typeface: Typeface): DrawnToken {
  const explained = piece.look === 'explained'
  const ground = over(ramp(piece.share, 'light'), panelColour)
  const fill = explained ? palette.onInk : piece.look === 'later' ? palette.faint : hex(textColour(ground))
  const font = typeface.metrics.regular
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
      line(left, y + 20, visible, { size, fill }),
    ].join(''),
  }
}
