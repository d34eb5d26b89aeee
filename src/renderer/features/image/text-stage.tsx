import type { CSSProperties, ReactNode } from 'react'
import type { TextToken } from '../../../shared/explanation/record.ts'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { explainedTokens, positionOf, selectTextMaximum, selectTokenNats } from '../../state/selectors.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { TargetRef } from '../../../shared/explanation/question.ts'
import { MapSummary } from '../heatmap/map-summary.tsx'
import { StageNote } from './stage-note.tsx'
import { groundColour } from '../tokens/chip-colours.ts'

/** A text without a picture: its words carry the map. */
export function TextStage(): ReactNode {
  const answer = useApp(({ explaining }) => explaining.answer)
  if (answer === null) return null
  return (
    <figure className="stage text-stage" aria-label="Relevance map" tabIndex={0}>
      <p className="document">
        <Words tokens={answer.prompt} segment="prompt" />
        <Words tokens={answer.completion.tokens} segment="completion" />
      </p>
      <StageNote />
      <MapSummary />
    </figure>
  )
}

function Words({ tokens, segment }: { tokens: readonly TextToken[]; segment: TargetRef['segment'] }): ReactNode {
  const { pinning } = useWorkspace()
  const theme = useTheme()
  const answer = useApp(({ explaining }) => explaining.answer)
  const nats = useApp(selectTokenNats)
  const maximum = useApp(selectTextMaximum)
  const explained = useApp(explainedTokens)
  if (answer === null) return null
  return tokens.map(({ text }, index) => {
    const ref = { segment, index }
    const ground = groundColour(nats.get(positionOf(answer, ref)), maximum, theme)
    const own = explained.length === 1 && explained.some((other) => sameTarget(other, ref))
    return (
      <span
        key={index}
        className={`word ${segment} ${own ? 'own' : ''}`}
        style={{ '--tint': ground ?? undefined } as CSSProperties}
        onClick={() => pinning.pin(ref, false)}
      >
        {text}
      </span>
    )
  })
}
