import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { isClear, largest } from '../../../shared/explanation/scale.ts'
import { noClearRelevance } from '../../../shared/colour/legend.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import type { ShownMap } from '../../../shared/explanation/shown-map.ts'
import { Icon } from '../../components/icon.tsx'
import { TokenText, tokenName } from '../../components/token-text.tsx'
import { useImage } from '../../hooks/raster.ts'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import type { Answer } from '../../state/answer.ts'
import { strongestToken } from '../../state/commands/explaining.ts'
import { mapFor } from '../../state/selectors.ts'
import { useGreyPicture } from '../heatmap/grey-picture.ts'
import { compareMaximum } from './compare-scale.ts'
import { paintCells, paintCutOff } from '../heatmap/paint.ts'

/** Two explanations side by side, on one scale so that their colours mean the same. */
export function ComparePanel(): ReactNode {
  const { store } = useWorkspace()
  const pair = useApp((state) => state.comparing)
  const scale = useApp(({ settings }) => settings.scale)
  if (pair === null) return null
  const maximum = compareMaximum(pair, scale)
  return (
    <section className="compare" aria-label="Comparison">
      <Side answer={pair.first} maximum={maximum} />
      <Side answer={pair.second} maximum={maximum} />
      <button
        type="button"
        className="icon-button compare-close"
        aria-label="End the comparison"
        onClick={() => store.setState({ comparing: null })}
      >
        <Icon name="close" />
      </button>
    </section>
  )
}

function Side({ answer, maximum }: { answer: Answer; maximum: number | null }): ReactNode {
  const [chosen, setChosen] = useState(() => strongestToken(answer))
  const [hovered, setHovered] = useState<number | null>(null)
  const at = hovered ?? chosen
  const columns = answer.targets
    .filter(({ segment, index }) => segment === 'completion' && (at === null || index === at))
    .map(({ column }) => column)
  const map = mapFor(answer, { columns, whyNot: null })
  const { suppression } = answer.question
  return (
    <div className="compare-side">
      <StillMap answer={answer} map={map} maximum={maximum ?? largest(map?.values ?? [])} />
      <p className="compare-prompt">{answer.question.prompt}</p>
      <ol className="compare-tokens" aria-label={`Tokens of ${answer.pictureName ?? 'the text'}`}>
        {answer.completion.tokens.map(({ text }, index) => (
          <li key={index}>
            <button
              type="button"
              className="chip completion ready"
              aria-pressed={chosen === index}
              aria-label={tokenName(text)}
              onClick={() => setChosen(chosen === index ? null : index)}
              onPointerEnter={() => setHovered(index)}
              onPointerLeave={() => setHovered(null)}
            >
              <TokenText text={text} />
            </button>
          </li>
        ))}
      </ol>
      <p className="note">
        {answer.pictureName ?? 'text only'} · {suppression.variant}, f {suppression.strength.toFixed(2)}, κ{' '}
        {suppression.threshold?.toFixed(2) ?? 'off'}
        {map !== null && !isClear(map.values) ? ` · ${noClearRelevance}` : ''}
      </p>
    </div>
  )
}

function StillMap({ answer, map, maximum }: { answer: Answer; map: ShownMap | null; maximum: number }): ReactNode {
  const theme = useTheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const image = useImage(answer.question.picture, 'display')
  const grey = useGreyPicture(image, theme)
  useEffect(() => {
    if (canvas.current !== null) paintStill(canvas.current, answer, grey, map, maximum, theme)
  }, [answer, grey, map, maximum, theme])
  return <canvas ref={canvas} className="still" role="img" aria-label={`Map of ${answer.pictureName ?? 'the text'}`} />
}

/** Longest edge of the drawing, in its own pixels. */
const edge = 900

function paintStill(
  canvas: HTMLCanvasElement,
  { provenance }: Answer,
  grey: HTMLCanvasElement | null,
  map: ShownMap | null,
  maximum: number,
  theme: Theme,
): void {
  const context = canvas.getContext('2d')
  if (context === null || provenance === null) return
  const { width, height, seen } = provenance
  const scale = edge / Math.max(width, height)
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  context.scale(scale, scale)
  if (grey !== null) context.drawImage(grey, 0, 0, width, height)
  paintCutOff(
    context,
    { left: 0, top: 0, width, height },
    seen,
    theme === 'dark' ? 'rgb(20 20 22 / 0.72)' : 'rgb(244 244 242 / 0.72)',
  )
  if (map !== null && isClear(map.values)) paintCells(context, map, seen, { maximum, theme }, 1.5 / scale)
}
