import type { CellSentences } from '../explanation/view/sentences.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

/** What is said of the cell under the pointer. */
export function tipPart({ place, effect, rank }: CellSentences): Markup[] {
  return [markup('span', {}, place), markup('b', {}, effect), markup('span', {}, rank)]
}

/** The same for those who listen. */
export function tipWords({ place, effect, rank }: CellSentences): string {
  return `${place}: ${effect}, ${rank}`
}
