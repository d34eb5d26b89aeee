import { Fragment, useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Theme } from '../../../shared/colour/ramp.ts'
import type { TargetRef } from '../../../shared/explanation/question.ts'
import { sameTarget } from '../../../shared/explanation/target-ref.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { Icon } from '../../components/icon.tsx'
import { TokenText } from '../../components/token-text.tsx'
import { useImage } from '../../hooks/raster.ts'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import type { Answer } from '../../state/answer.ts'
import { selectBeside, selectView } from '../../state/store.ts'
import { useGreyPicture } from '../heatmap/grey-picture.ts'
import { paintCells, paintCutOff, paintSmooth } from '../heatmap/paint.ts'

/** Two explanations side by side, on one scale so that their colours mean the same. The first is the one that the window shows. */
export function ComparePanel(): ReactNode {
  const { store, pinning } = useWorkspace()
  const answer = useApp(({ explaining }) => explaining.answer)
  const compared = useApp((state) => state.comparing)
  const pinned = useApp(({ viewing }) => viewing.pinned)
  const view = useApp(selectView)
  const beside = useApp(selectBeside)
  if (answer === null || compared === null || view === null || beside === null) return null
  return (
    <section className="compare" aria-label="Comparison">
      <Side
        answer={answer}
        view={view}
        pinned={pinned}
        onPin={(ref) => pinning.pin(ref, false)}
        onPreview={pinning.preview}
        onUnpin={pinning.unpin}
      />
      <Side
        answer={compared.answer}
        view={beside}
        pinned={compared.pinned}
        onPin={(ref) => pinning.beside({ pinned: [ref] })}
        onPreview={(preview) => pinning.beside({ preview })}
        onUnpin={() => pinning.beside({ pinned: [] })}
      />
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

function Side({
  answer,
  view,
  pinned,
  onPin,
  onPreview,
  onUnpin,
}: {
  answer: Answer
  view: View
  pinned: readonly TargetRef[]
  onPin: (ref: TargetRef) => void
  onPreview: (ref: TargetRef | null) => void
  onUnpin: () => void
}): ReactNode {
  const name = answer.pictureName ?? 'the text'
  return (
    <div className="compare-side" role="group" aria-label={name}>
      <StillMap answer={answer} view={view} name={name} />
      <p className="compare-prompt">{answer.asked.prompt}</p>
      <ol className="compare-tokens" aria-label={`Tokens of ${name}`}>
        {view.tokens
          .filter(({ segment }) => segment === 'completion')
          .map((token) => {
            const own = pinned.some((ref) => sameTarget(ref, token))
            const ref: TargetRef = { segment: token.segment, index: token.index }
            return (
              <li key={token.index}>
                <button
                  type="button"
                  className="chip completion ready"
                  aria-pressed={own}
                  aria-label={token.label}
                  onClick={() => (own ? onUnpin() : onPin(ref))}
                  onPointerEnter={() => onPreview(ref)}
                  onPointerLeave={() => onPreview(null)}
                >
                  <TokenText text={token.text} />
                </button>
              </li>
            )
          })}
      </ol>
      <div className="compare-notes">
        <p>
          <b data-role="title">{view.title}</b>{' '}
          <span className="note">
            <span data-role="detail">{view.detail}</span>
            {view.notes.map((note) => (
              <Fragment key={note}>
                {' · '}
                <span data-role="note">{note}</span>
              </Fragment>
            ))}
          </span>
        </p>
        <p className="note">
          {name} · {view.method}
        </p>
        <p className="unseen" data-role="summary">
          {view.summary}
        </p>
      </div>
    </div>
  )
}

function StillMap({ answer, view, name }: { answer: Answer; view: View; name: string }): ReactNode {
  const theme = useTheme()
  const smooth = useApp(({ settings }) => settings.smooth)
  const canvas = useRef<HTMLCanvasElement>(null)
  const image = useImage(answer.asked.picture, 'display')
  const grey = useGreyPicture(image, theme)
  useEffect(() => {
    if (canvas.current !== null) paintStill(canvas.current, answer, grey, view, smooth, theme)
  }, [answer, grey, view, smooth, theme])
  if (answer.asked.picture === null) return <p className="document still-text">{view.tokens.map(({ text }) => text).join('')}</p>
  return <canvas ref={canvas} className="still" role="img" aria-label={`Map of ${name}`} />
}

/** Longest edge of the drawing, in its own pixels. */
const edge = 900

function paintStill(
  canvas: HTMLCanvasElement,
  { known: { picture } }: Answer,
  grey: HTMLCanvasElement | null,
  { map }: View,
  smooth: boolean,
  theme: Theme,
): void {
  const context = canvas.getContext('2d')
  if (context === null || picture === null) return
  const { width, height, seen } = picture
  const scale = edge / Math.max(width, height)
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  context.scale(scale, scale)
  if (grey !== null) context.drawImage(grey, 0, 0, width, height)
  paintCutOff(context, { left: 0, top: 0, width, height }, seen, theme)
  if (map === null) return
  const colours = smooth ? paintSmooth(context, map, seen, theme) : paintCells(context, map, seen, theme, 1.5 / scale)
  canvas.dataset['cells'] = colours.join(';')
}
