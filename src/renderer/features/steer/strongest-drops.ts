import type { Drop } from '../../../shared/explanation/reverse-question.ts'

/** The largest drops, largest first; those of the completion before those of the prompt where they are equal. */
export function strongestDrops(drops: readonly Drop[], most: number): Drop[] {
  return [...drops].sort((a, b) => Math.abs(b.nats) - Math.abs(a.nats)).slice(0, most)
}
