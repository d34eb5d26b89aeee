import type { Seen, SeenBar } from './surfaces.ts'

/** Where a surface has what it shows: selectors within the page, `''` for what it does not have. */
export interface Places {
  readonly title: string
  readonly detail: string
  readonly note: string
  readonly summary: string
  readonly unit: string
  readonly scale: string
  readonly tick: string
  readonly without: string
  readonly withoutWords: string
  readonly drops: BarPlaces
  readonly words: BarPlaces
  readonly candidates: BarPlaces
  /** Elements with `data-cell` and a fill, or the one with `data-cells`. */
  readonly cells: string
}

/** A row with its parts; the place of an unlabelled row's label is `''`. */
interface BarPlaces {
  readonly row: string
  readonly label: string
  readonly written: string
}

/**
 * Reads what a page shows of one answer, or the drawing in it. It runs in the page, so that nothing outside of it can be named in it.
 * @param svg the text of a drawing to be read instead of the page; `null` reads the page
 */
export function readSurface({ places, svg }: { readonly places: Places; readonly svg: string | null }): Seen {
  const root = svg === null ? document : new DOMParser().parseFromString(svg, 'image/svg+xml')
  const all = (selector: string): Element[] => (selector === '' ? [] : [...root.querySelectorAll(selector)])
  // A drawing's paragraph is one text per line.
  const textOf = (from: Element): string => {
    const lines = [...from.querySelectorAll('text')].map((line) => line.textContent)
    return lines.length > 0 ? lines.join(' ') : from.textContent
  }
  const texts = (selector: string): string[] => all(selector).map(textOf)
  const only = (selector: string): string | null => {
    const found = texts(selector).filter((text) => text !== '')
    if (found.length > 1) throw new Error(`several of ${selector}`)
    return found[0] ?? null
  }
  const inRow = (row: Element, selector: string): string | null => {
    const found = selector === '' ? null : row.querySelector(selector)
    return found === null ? null : found.textContent
  }
  const bars = ({ row, label, written }: Places['words']): SeenBar[] =>
    all(row).map((each) => ({
      label: inRow(each, label),
      written: inRow(each, written) ?? '',
      look: ['warm', 'cool', 'grey'].find((look) => each.querySelector(`.${look}`) !== null) ?? null,
      sentence: each.getAttribute('title') ?? each.querySelector('[title]')?.getAttribute('title') ?? null,
    }))
  const fill = (cell: Element): string => {
    const [written, alpha] = [cell.getAttribute('fill') ?? '', cell.getAttribute('fill-opacity')]
    const channels = /^#(..)(..)(..)$/.exec(written)
    if (channels === null) return written
    const [red, green, blue] = channels.slice(1).map((channel) => Number.parseInt(channel, 16))
    return `rgb(${red} ${green} ${blue} / ${Number(alpha)})`
  }
  const cells = (): string[] | null => {
    const [first, ...rest] = all(places.cells)
    if (first === undefined) return null
    const painted = first.getAttribute('data-cells')
    if (painted === null) return [first, ...rest].map(fill)
    return painted === '' ? null : painted.split(';')
  }
  return {
    title: only(places.title),
    detail: only(places.detail),
    notes: texts(places.note),
    summary: only(places.summary),
    unit: only(places.unit),
    scale: only(places.scale),
    ticks: places.tick === '' ? null : texts(places.tick),
    without: only(places.without),
    withoutWords: only(places.withoutWords),
    drops: places.drops.row === '' ? null : bars(places.drops),
    words: places.words.row === '' ? null : bars(places.words),
    candidates: places.candidates.row === '' ? null : bars(places.candidates),
    cells: cells(),
  }
}
