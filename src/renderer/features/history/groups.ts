import type { HistoryEntry } from '../../../shared/contract/library.ts'

const day = 86_400_000

/** Heading an entry stands under: Pinned, Today, Yesterday, or its date. */
export function groupOf({ pinned, createdAt }: HistoryEntry, now: Date): string {
  if (pinned) return 'Pinned'
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (createdAt >= midnight) return 'Today'
  if (createdAt >= midnight - day) return 'Yesterday'
  const sameYear = new Date(createdAt).getFullYear() === now.getFullYear()
  return new Date(createdAt).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
}

/** The time of an entry: 14:02. */
export function timeOf({ createdAt }: HistoryEntry): string {
  return new Date(createdAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** A line of the list with its place from the top. */
export interface PlacedEntry {
  readonly entry: HistoryEntry
  /** Heading above it; `null` when it is the one before's. */
  readonly heading: string | null
  readonly top: number
  readonly height: number
}

/** Heights of a line and of a heading, in CSS pixels. */
const lineHeight = 54
const headingHeight = 30

/** Lays the entries out one below the other. */
export function placed(entries: readonly HistoryEntry[], now: Date): PlacedEntry[] {
  let top = 0
  let before: string | null = null
  return entries.map((entry) => {
    const group = groupOf(entry, now)
    const heading = group === before ? null : group
    before = group
    const line = { entry, heading, top, height: lineHeight + (heading === null ? 0 : headingHeight) }
    top += line.height
    return line
  })
}

/** The lines that show in a window of the list, with some above and below. */
export function within(lines: readonly PlacedEntry[], from: number, to: number, spare = 200): PlacedEntry[] {
  return lines.filter(({ top, height }) => top + height >= from - spare && top <= to + spare)
}
