import Table from 'cli-table3'
import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import { formatNats } from '../../../shared/explanation/numbers.ts'
import type { ViewWord } from '../../../shared/explanation/view/view-words.ts'
import { printable } from './printable.ts'
import type { TargetView } from './strongest.ts'
import { strongestCell, strongestWords } from './strongest.ts'
import { bold, ground } from './styling.ts'

/** Parts of the frame that cli-table3 would draw. */
const frame = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
]

/** Columns of text that everything but the words takes, and that a word takes. */
const widths = { fixed: 50, word: 16 }

/** All targets, a line each: log-probability, strongest patch, strongest words. */
export function targetTable(views: readonly TargetView[], depth: ColourDepth, width: number): string {
  const hasMap = views.some(({ view }) => view.map !== null)
  const table = new Table({
    head: ['', 'token', 'log p', ...(hasMap ? ['strongest patch', 'nats'] : []), 'strongest words'],
    style: { head: [], border: [], compact: true },
    colAligns: ['right', 'left', 'right', ...(hasMap ? (['left', 'right'] as const) : []), 'left'],
    chars: Object.fromEntries(frame.map((part) => [part, part === 'middle' ? ' ' : ''])),
  })
  const mostWords = Math.max(1, Math.floor((width - widths.fixed) / widths.word))
  table.push(...views.map((each) => row(each, hasMap, mostWords, depth)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function row({ target, view }: TargetView, hasMap: boolean, mostWords: number, depth: ColourDepth): string[] {
  return [
    `${target.segment === 'prompt' ? 'prompt ' : ''}${target.index}`,
    bold(printable(view.subject.label), depth),
    formatNats(target.logprob),
    ...(hasMap ? patchCells({ target, view }, depth) : []),
    strongestWords(view, mostWords)
      .map((word) => wordCell(word, depth))
      .join('  '),
  ]
}

function patchCells({ view }: TargetView, depth: ColourDepth): [place: string, nats: string] {
  const cell = strongestCell(view)
  if (cell === null || view.map === null) return ['', '']
  return [cell.place, ground(formatNats(cell.nats), cell.share, depth, view.map.tone)]
}

function wordCell({ label, nats, share }: ViewWord, depth: ColourDepth): string {
  return ground(`${printable(label)} ${formatNats(nats)}`, share, depth)
}
