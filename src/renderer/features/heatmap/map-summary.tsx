import type { ReactNode } from 'react'
import { formatNats, noClearRelevance } from '../../../shared/colour/legend.ts'
import type { ShownMap } from '../../../shared/view/shown-map.ts'
import { useApp } from '../../app/workspace-context.ts'
import { selectClear, selectMap } from '../../stores/selectors.ts'
import { selectFocusWords } from '../tokens/focus-words.ts'

/** The map in a sentence, for those who do not see it. */
export function MapSummary(): ReactNode {
  const map = useApp(selectMap)
  const clear = useApp(selectClear)
  const focus = useApp(selectFocusWords)
  return (
    <figcaption className="unseen">
      {map === null ? 'No map yet.' : `${focus}: ${clear ? strongest(map) : noClearRelevance}.`}
    </figcaption>
  )
}

function strongest({ values, columns }: ShownMap): string {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, 3)
  return `strongest at ${order.map((place) => `row ${Math.floor(place / columns)}, column ${place % columns} (${formatNats(values[place] ?? 0)} nats)`).join('; ')}`
}
