import type { CSSProperties, ReactNode } from 'react'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { selectView } from '../../state/store.ts'
import { MapSummary } from '../heatmap/map-summary.tsx'
import { groundColour } from '../tokens/chip-colours.ts'
import { StageNote } from './stage-note.tsx'

/** A text without a picture: its words carry the map. */
export function TextStage(): ReactNode {
  const { pinning } = useWorkspace()
  const theme = useTheme()
  const view = useApp(selectView)
  if (view === null) return null
  const tone = view.tones.words
  return (
    <figure className="stage text-stage" aria-label="Relevance map" tabIndex={0}>
      <p className="document">
        {view.tokens.map(({ segment, index, text, share, look }) => (
          <span
            key={`${segment} ${index}`}
            className={`word ${segment} ${look === 'explained' ? 'own' : ''}`}
            style={{ '--tint': groundColour(share, tone, theme) ?? undefined } as CSSProperties}
            onClick={(event) => pinning.pin({ segment, index }, event.shiftKey)}
          >
            {text}
          </span>
        ))}
      </p>
      <StageNote />
      <MapSummary />
    </figure>
  )
}
