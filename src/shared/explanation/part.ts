import type { Part } from './question.ts'

/** Whether two parts are the same positions. */
export function samePart(first: Part, second: Part): boolean {
  return (
    first.positions.length === second.positions.length && first.positions.every((at, place) => at === second.positions[place])
  )
}
