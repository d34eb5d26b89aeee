import { textColour } from '../../../../shared/colour/contrast.ts'
import type { Tone } from '../../../../shared/colour/ramp.ts'
import { relevanceColour } from '../../../../shared/colour/ramp.ts'
import { over } from '../../../../shared/colour/rgba.ts'
import { straight } from '../../../../shared/explanation/labels.ts'
import type { ViewToken } from '../../../../shared/explanation/view/view-tokens.ts'
import { fitted, tightLine } from '../text/lettering.ts'
import type { Pen } from '../text/pen.ts'
import type { Block, Svg } from '../text/svg.ts'
import { element, hex } from '../text/svg.ts'

/** A token of running text. */
export interface FlowToken {
  readonly text: string
  /** Share of full colour; `null` for a token without a number. */
  readonly share: number | null
  readonly look: 'plain' | 'written' | 'explained' | 'later'
  /** Whether it belongs to the part of a reverse question. */
  readonly outlined: boolean
  /** "completion-3". */
  readonly name: string
}

const size = 15.5
const lineHeight = 29

/** A token of a view in running text, coloured with what it did for the subject. */
export function flowTokenOf({ segment, index, text, look, share }: ViewToken, outlined = false): FlowToken {
  const plain = segment === 'prompt' ? 'plain' : 'written'
  const name = `${segment}-${index}`
  return { text, share, look: look === 'before' ? plain : look, outlined, name }
}

/** Prompt and completion as running text, every token on the colour of its relevance; explained tokens are black, later ones are pale. */
export function documentFlow(pen: Pen, tokens: readonly FlowToken[], tone: Tone, width: number): Block {
  const font = pen.metrics.regular
  let [x, row] = [0, 0]
  const drawn = words(tokens).flatMap((word) => {
    const wide = word.reduce((sum, { text }) => sum + font.width(spaced(text), size), 0)
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1]
    return word.map((token) => {
      const text = fitted(pen, spaced(token.text), { size }, width)
      const svg = draw(token, tone, x === 0 ? text.trimStart() : text, x, row * lineHeight, pen)
      x += font.width(x === 0 ? text.trimStart() : text, size)
      const breaks = token.text.split('\n').length - 1
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

/** Tokens that are not parted by a space stay on one line. */
function words(tokens: readonly FlowToken[]): FlowToken[][] {
  return tokens.reduce<FlowToken[][]>((all, piece) => {
    const last = all.at(-1)
    if (last === undefined || /^\s/.test(piece.text) || last.some(({ text }) => /\s$/.test(text))) all.push([piece])
    else last.push(piece)
    return all
  }, [])
}

function spaced(text: string): string {
  return straight(text).replaceAll(/\s+/g, ' ')
}

interface DrawnToken {
  readonly ground: Svg
  readonly text: Svg
}

function draw(token: FlowToken, tone: Tone, text: string, x: number, y: number, pen: Pen): DrawnToken {
  const { palette, theme } = pen
  const explained = token.look === 'explained'
  const { share } = token
  const ground = share === null ? palette.panelColour : over(relevanceColour(share, tone, theme), palette.panelColour)
  const fill = explained ? palette.onInk : token.look === 'later' ? palette.faint : hex(textColour(ground))
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
    stroke: token.outlined ? palette.ink : null,
    'stroke-dasharray': token.outlined ? '4 3' : null,
    'stroke-width': token.outlined ? 1.6 : null,
    'data-token': token.name,
  }
  const under = { x: left, y: y + lineHeight - 4, width, height: 1, fill: palette.lineStrong }
  return {
    ground: visible === '' || (!explained && !token.outlined && token.share === null) ? '' : element('rect', box),
    text: [
      token.look === 'written' || token.look === 'later' ? element('rect', under) : '',
      tightLine(pen, left, y + 20, visible, { size, fill }),
    ].join(''),
  }
}
