import { textColour } from '../colour/contrast.ts'
import { relevanceColour } from '../colour/ramp.ts'
import type { Tone } from '../colour/ramp.ts'
import { cssColour, over } from '../colour/rgba.ts'
import type { KnownExplanation } from '../explanation/known.ts'
import { sequenceOfKnown } from '../explanation/known.ts'
import { tokenLabel } from '../explanation/labels.ts'
import type { TextRole } from '../explanation/record.ts'
import { sameTarget } from '../explanation/target-ref.ts'
import type { View } from '../explanation/view.ts'
import { droppedSentence, wordSentence } from '../explanation/view/sentences.ts'
import type { ViewDrops } from '../explanation/view/view-drops.ts'
import type { ViewToken } from '../explanation/view/view-tokens.ts'
import { tokenPosition } from '../sequence/sequence.ts'
import type { ReportLook } from './look.ts'
import type { Markup } from './markup.ts'
import { isolated, markup } from './markup.ts'

/** How a token is coloured. */
interface Tint {
  readonly share: number | null
  readonly tone: Tone
  /** What is said of it. */
  readonly sentence: string | null
}

/** The tokens of the prompt or the completion: what each did for the subject, or what it loses without the part of a reverse question. */
export function chipsPart(view: View, known: KnownExplanation, look: ReportLook, segment: TextRole): Markup[] {
  const tintOf = view.without === null ? wordTint(view, known) : dropTint(view.without, view)
  const ground = view.map === null || view.without !== null
  return view.tokens
    .filter((token) => token.segment === segment)
    .map((token) => markup('li', {}, chip(token, tintOf(token), ground, look)))
}

function wordTint(view: View, known: KnownExplanation): (token: ViewToken) => Tint {
  const tone = view.tones.words
  const sequence = sequenceOfKnown(known)
  const words = new Map(view.words.flatMap((word) => word.input.members.map((member) => [member, word] as const)))
  return ({ segment, index, share }) => {
    const word = words.get(tokenPosition(sequence, { role: segment, index }))
    return { share, tone, sentence: word === undefined ? '' : wordSentence(view, word) }
  }
}

/** Before the part's pass was run, no token has a colour. */
function dropTint({ drops }: ViewDrops, view: View): (token: ViewToken) => Tint {
  if (drops === null) return () => ({ share: null, tone: 'grey', sentence: '' })
  const tone = view.tones.drops
  return (token) => {
    const drop = drops.find((each) => sameTarget(each, token))
    return { share: token.dropShare, tone, sentence: drop === undefined ? '' : droppedSentence(view, drop) }
  }
}

/** A token with a line under it, or on a ground of its own where there is no map that needs the colours. */
function chip({ segment, index, text, look: state, watched }: ViewToken, tint: Tint, ground: boolean, look: ReportLook): Markup {
  const colour = tint.share === null ? null : relevanceColour(tint.share, tint.tone, look.theme)
  const onGround = !ground || colour === null ? '' : textColour(over(colour, look.panel))[0] === 0 ? 'black' : 'white'
  const fill = colour === null ? 'none' : cssColour(colour)
  const content = [
    markup(
      'svg',
      { class: ground ? 'ground' : 'line', 'aria-hidden': 'true' },
      markup('rect', { width: '100%', height: '100%', fill }),
    ),
    isolated(tokenLabel(text)),
  ]
  const attributes = { class: `chip ${state} ${onGround}`.trim(), 'data-token': `${segment}-${index}`, title: tint.sentence }
  return watched
    ? markup('button', { type: 'button', ...attributes, 'aria-pressed': String(state === 'explained') }, ...content)
    : markup('span', attributes, ...content)
}
