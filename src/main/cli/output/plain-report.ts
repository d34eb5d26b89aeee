import { fromOne } from '../../../shared/explanation/numbers.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { wordSentence } from '../../../shared/explanation/view/sentences.ts'
import { strongestFirst } from '../../../shared/explanation/view/view-words.ts'
import type { Reported } from './reported.ts'
import type { TargetView } from './strongest.ts'
import { strongestCell, strongestWords, targetViews } from './strongest.ts'

const columns = ['index', 'segment', 'token', 'logprob', 'row', 'column', 'relevance', 'words']

/** How many words are named of each token. */
const namedWords = 3

/**
 * An explanation for pipes and files: the completion; the answer to what was asked, where something was; then tab-separated lines, one per target, under a
 * heading. Texts are JSON strings, numbers have four decimals; row and column, counted from 1, and relevance are those of the strongest patch, words the three
 * most relevant with theirs. Stable; documented in docs/explanation-json.md.
 */
export function plainReport({ explanation, known, answers, scale }: Reported): string {
  return [
    ['completion', JSON.stringify(explanation.completion.text)],
    ...answers.flatMap(answerLines),
    columns,
    ...targetViews(known, scale).map(targetCells),
  ]
    .map((cells) => `${cells.join('\t')}\n`)
    .join('')
}

/** The answer, a line for each thing that is said. */
function answerLines(view: View): string[][] {
  const { title, detail, scale, notes, candidates, without } = view
  const cell = strongestCell(view)
  return [
    ['title', JSON.stringify(title)],
    ['detail', JSON.stringify(detail)],
    ['scale', decimals(scale.maximum), scale.words, scale.unit],
    ...notes.map((note) => ['note', note]),
    ...(cell === null ? [] : [['strongest', `${cell.place}: ${cell.effect}`]]),
    ...strongestWords(view, namedWords).map((word) => ['word', JSON.stringify(wordSentence(view, word))]),
    ...candidates.map(({ text, written }) => ['candidate', JSON.stringify(text), written]),
    ...(without === null ? [] : [['without', JSON.stringify(without.title), without.words]]),
    ...dropLines(without),
  ]
}

function targetCells({ target: { index, segment, text, logprob }, view }: TargetView): string[] {
  const cell = strongestCell(view)
  const words = strongestFirst(view.words).slice(0, namedWords)
  return [
    String(index),
    segment,
    JSON.stringify(text),
    decimals(logprob),
    ...(cell === null ? ['', '', ''] : [String(fromOne(cell.row)), String(fromOne(cell.column)), decimals(cell.nats)]),
    words.map(({ label, nats }) => `${JSON.stringify(label)} ${decimals(nats)}`).join(', '),
  ]
}

function decimals(value: number): string {
  const text = value.toFixed(4)
  return text === '-0.0000' ? '0.0000' : text
}

function dropLines(without: View['without']): string[][] {
  if (!without?.drops) return []
  return without.drops.map(({ index, segment, text, nats }) => [
    'drop',
    String(index),
    segment,
    JSON.stringify(text),
    decimals(nats),
  ])
}
