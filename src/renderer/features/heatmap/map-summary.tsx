import type { ReactNode } from 'react'
import { isClear } from '../../../shared/explanation/scale.ts'
import { formatNats, noClearRelevance } from '../../../shared/colour/legend.ts'
import type { ShownMap } from '../../../shared/explanation/shown-map.ts'
import { strongestFirst } from '../../../shared/explanation/shown-words.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import { selectClear, selectMap, selectWords } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { selectFocusWords } from '../tokens/focus-words.ts'

/** The map in a sentence, for those who do not see it. */
export function MapSummary(): ReactNode {
  return <figcaption className="unseen">{useApp(summaryOf)}</figcaption>
}

/** How many of the strongest parts are named. */
const named = 3

function summaryOf(state: State): string {
  const map = selectMap(state)
  const strongest = map === null ? strongestWords(state) : selectClear(state) ? strongestPatches(map) : noClearRelevance
  return strongest === null ? 'No map yet.' : `${selectFocusWords(state)}: ${strongest}.`
}

function strongestPatches({ values, columns }: ShownMap): string {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, named)
  const places = order.map(
    (place) => `row ${Math.floor(place / columns)}, column ${place % columns} (${formatNats(values[place] ?? 0)} nats)`,
  )
  return `strongest at ${places.join('; ')}`
}

function strongestWords(state: State): string | null {
  const words = selectWords(state)
  if (words.length === 0) return null
  if (!isClear(words.map(({ nats }) => nats))) return noClearRelevance
  const shown = strongestFirst(words).slice(0, named)
  return `strongest ${shown.map(({ input, nats }) => `“${input.text.trim()}” (${formatNats(nats)} nats)`).join('; ')}`
}
