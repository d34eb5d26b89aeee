import { useMemo } from 'react'
import type { Neighbour } from '../../shared/atman/suppression.ts'
import { inspectedPosition, neighboursAt, selectSimilarity } from '../state/selectors.ts'
import { useApp } from './workspace-context.ts'

/** The cosine neighbours of the hovered patch, or of the only chosen one, under the parameters as they are set now. */
export function useNeighbours(): readonly Neighbour[] {
  const at = useApp(inspectedPosition)
  const similarity = useApp(selectSimilarity)
  const suppression = useApp(({ settings }) => settings.suppression)
  return useMemo(() => neighboursAt(at, similarity, suppression), [at, similarity, suppression])
}
