import type { Cell } from '../../sequence/patch-grid.ts'
import { patchCount } from '../../sequence/patch-grid.ts'
import { element } from '../../values/element.ts'
import { exactnessWords, dropSentence, effectSentence, notReadYet, rankWords } from '../wording.ts'
import { cellLabel, quoted } from '../labels.ts'
import type { View } from '../view.ts'
import type { ViewDrop } from './view-drops.ts'
import { placeOf, rankOf, suppressedAt } from './view-map.ts'
import type { ViewWord } from './view-words.ts'

/** What is said of a cell under the pointer. */
export interface CellSentences {
  /** "row 4, column 7". */
  readonly place: string
  /** "+1.318 nats: 3.7× less likely without it (f 0.90, …)". */
  readonly effect: string
  /** "rank 3 of 144"; of its block while the map is a preview. */
  readonly rank: string
  /** Relevance, in nats; NaN where the cell was not read yet. */
  readonly nats: number
}

/** What is said of a cell of the picture's grid; `null` before there is a map. */
export function cellSentences({ map, claim }: View, cell: Cell): CellSentences | null {
  if (map === null) return null
  const place = placeOf(map, cell)
  const nats = element(map.values, place)
  const block = claim.exactness.kind === 'preview' ? ` · of its block, ${exactnessWords(claim.exactness)}` : ''
  return {
    place: cellLabel(cell),
    effect: Number.isNaN(nats) ? notReadYet : effectSentence(claim, nats, suppressedAt(map, { claim })),
    rank: `${rankWords(rankOf(map, place), patchCount(map))}${block}`,
    nats,
  }
}

/** What is said of a word or passage. */
export function wordSentence({ claim }: View, { label, nats, suppressed }: ViewWord): string {
  return `${quoted(label)}: ${effectSentence(claim, nats, suppressed)}`
}

/** What is said of a token of the reverse question; `null` where none is asked. */
export function droppedSentence({ claim, without }: View, { label, nats }: ViewDrop): string | null {
  return without === null ? null : dropSentence({ ...claim, exactness: { kind: 'exact' } }, label, nats, without.suppressed)
}
