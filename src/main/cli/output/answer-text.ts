import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import type { Tone } from '../../../shared/colour/ramp.ts'
import { quoted } from '../../../shared/explanation/labels.ts'
import { formatNats } from '../../../shared/explanation/numbers.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { droppedSentence, wordSentence } from '../../../shared/explanation/view/sentences.ts'
import type { ViewDrops } from '../../../shared/explanation/view/view-drops.ts'
import type { ViewToken } from '../../../shared/explanation/view/view-tokens.ts'
import { heatText, legendText } from './heat-text.ts'
import { printable, printableLines } from './printable.ts'
import { strongestCell, strongestWords } from './strongest.ts'
import { bold, faint, ground, marked } from './styling.ts'

/** Most prompt text shown beside a picture, in characters; a longer one is cut in front. A document is what it is about. */
const longestPrompt = { picture: 400, document: 20_000 }

/** How many of the strongest words are named. */
const namedWords = 3

/** The answer to a question for a terminal: title, text, map, legend, notes, strongest parts, candidates, drops. */
export function answerText(view: View, depth: ColourDepth): string {
  const parts = [
    [bold(printable(view.title), depth), printable(view.detail)],
    textLines(view, depth),
    view.map === null ? [] : heatText(view.map, depth).map((line) => `  ${line}`),
    legendText(view.scale, view.tones.legend, depth),
    [...view.notes, ...strongestLines(view)],
    candidateLines(view, depth),
    view.without === null ? [] : dropLines(view, view.without, depth),
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** Prompt and completion, every token on the colour of what it did; what comes after the explained token is faint. */
function textLines(view: View, depth: ColourDepth): string[] {
  const most = view.map === null ? longestPrompt.document : longestPrompt.picture
  const prompt = view.tokens.filter(({ segment }) => segment === 'prompt')
  const kept = prompt.filter((_, place) => textOf(prompt.slice(place)).length <= most)
  const rest = view.tokens.filter(({ segment }) => segment === 'completion')
  const text = [...kept, ...rest].map((token) => tokenText(token, view.tones.words, depth)).join('')
  return [`${kept.length < prompt.length ? '…' : ''}${text}`]
}

function textOf(tokens: readonly ViewToken[]): string {
  return tokens.map(({ text }) => text).join('')
}

function tokenText({ text, look, share }: ViewToken, tone: Tone, depth: ColourDepth): string {
  const shown = printableLines(text)
  if (look === 'explained') return marked(shown, depth)
  if (look === 'later') return faint(shown, depth)
  return share === null ? shown : ground(shown, share, depth, tone)
}

/** What is said of the strongest patch and words. */
function strongestLines(view: View): string[] {
  const cell = strongestCell(view)
  return [
    ...(cell === null ? [] : [`${cell.place}: ${cell.effect} · ${cell.rank}`]),
    ...strongestWords(view, namedWords).map((word) => printable(wordSentence(view, word))),
  ]
}

function candidateLines({ candidates }: View, depth: ColourDepth): string[] {
  if (candidates.length === 0) return []
  const listed = candidates.map(({ label, written, own, compared }) => {
    const text = `${printable(label)} ${written}`
    return own || compared ? bold(text, depth) : text
  })
  return [`candidates: ${listed.join(' · ')}`]
}

function dropLines(view: View, without: ViewDrops, depth: ColourDepth): string[] {
  const heading = [bold(printable(without.title), depth), without.words]
  if (without.drops === null) return heading
  return [
    ...heading,
    ...without.drops.map((drop) => {
      const nats = ground(formatNats(drop.nats).padStart(7), drop.share, depth, view.tones.drops)
      return `${nats}  ${printable(droppedSentence(view, drop) ?? quoted(drop.label))}`
    }),
  ]
}
