import type { Tone } from '../colour/ramp.ts'
import { formatNats } from '../explanation/numbers.ts'
import type { View } from '../explanation/view.ts'
import { droppedSentence, wordSentence } from '../explanation/view/sentences.ts'
import type { ViewCandidate } from '../explanation/view/view-candidates.ts'
import { strongestFirst } from '../explanation/view/view-words.ts'
import type { ViewWord } from '../explanation/view/view-words.ts'
import { whyNotWords } from '../explanation/wording.ts'
import { barRow, shareTrack, signedTrack } from './bar-row.ts'
import type { Markup } from './markup.ts'
import { isolated, markup } from './markup.ts'

/** Most words or passages that are listed; the table has them all. */
const listed = 12

/** Everything beside the map: what is explained, the reverse question, candidates, words, passages, method. */
export function inspectorPart(view: View): Markup[] {
  const { words, passages, candidates } = view
  return [
    subject(view),
    without(view),
    section('Candidates', 'probability', candidates.length === 0, list('Candidates', candidates.map(candidateRow(view)))),
    section('Relevant words', 'nats', words.length === 0, list('Relevant words', wordRows(view, words, view.tones.words))),
    section(
      'Relevant passages',
      'nats',
      passages.length === 0,
      list('Relevant passages', wordRows(view, passages, view.tones.passages)),
    ),
    section('Method', '', false, markup('p', {}, view.method)),
  ]
}

function subject({ title, detail, summary, notes, subject: { whole } }: View): Markup {
  return markup(
    'section',
    {},
    markup('p', { class: 'subject', 'data-role': 'title' }, isolated(title)),
    markup('p', { class: 'muted', 'data-role': 'detail' }, isolated(detail)),
    markup('p', { 'data-role': 'summary' }, isolated(summary)),
    ...notes.map((note) => markup('p', { class: 'note', 'data-role': 'note' }, note)),
    markup('button', { type: 'button', class: 'plain', 'data-action': 'whole', hidden: whole }, 'whole answer'),
  )
}

function without(view: View): Markup {
  const { without: asked } = view
  const drops = asked?.drops ? asked.drops : []
  const tone = view.tones.drops
  const rows = drops.map((drop) =>
    markup(
      'li',
      { 'data-drop': `${drop.segment}-${drop.index}`, title: droppedSentence(view, drop) },
      ...barRow(drop.label, signedTrack(drop.share, tone), formatNats(drop.nats)),
    ),
  )
  return markup(
    'section',
    { hidden: asked === null },
    markup('p', { class: 'part', 'data-role': 'without' }, isolated(asked === null ? '' : asked.title)),
    markup('p', { class: 'muted', 'data-role': 'without-words' }, asked === null ? '' : asked.words),
    list('What each token loses', rows),
    markup('button', { type: 'button', class: 'plain', 'data-action': 'release' }, 'let it go'),
  )
}

function section(heading: string, unit: string, hidden: boolean, content: Markup): Markup {
  return markup('section', { hidden }, markup('h2', {}, `${heading} `, markup('small', {}, unit)), content)
}

function list(label: string, rows: readonly Markup[]): Markup {
  return markup('ol', { class: 'bars', 'aria-label': label }, ...rows)
}

function wordRows(view: View, words: readonly ViewWord[], tone: Tone): Markup[] {
  return strongestFirst(words)
    .slice(0, listed)
    .map((word) =>
      markup(
        'li',
        { 'data-word': word.input.index, title: wordSentence(view, word) },
        ...barRow(word.label, signedTrack(word.share, tone), formatNats(word.nats)),
      ),
    )
}

/** Any candidate but the token itself can be the one it is compared with. */
function candidateRow({ subject: { label: target } }: View): (candidate: ViewCandidate) => Markup {
  return ({ label, place, probability, written, own, compared }) => {
    const row = barRow(label, shareTrack(probability), written)
    if (own || place === null) return markup('li', { class: 'own' }, ...row)
    const attributes = {
      type: 'button',
      'data-candidate': place,
      'aria-pressed': String(compared),
      title: whyNotWords(target, label),
    }
    return markup('li', { class: compared ? 'rival' : null }, markup('button', attributes, ...row))
  }
}
