import { useCallback, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTheme } from '../../hooks/theme.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import type { State } from '../../state/state.ts'
import { selectView } from '../../state/store.ts'
import { MapSummary } from '../heatmap/map-summary.tsx'
import { PatchTip } from '../heatmap/patch-tip.tsx'
import { CameraButtons } from './camera-buttons.tsx'
import { useGestures } from './gestures.ts'
import { StageLayers } from './stage-layers.tsx'
import { seenPart, stagedPicture } from './staged-picture.ts'
import { StageNote } from './stage-note.tsx'
import { useCamera, useSize } from './viewport.ts'

const wholeSquare = { left: 0, top: 0, width: 1, height: 1 }

/** The picture with its map: hover, click, lasso, zoom and pan. `tools` is where its zoom goes, away from the picture. */
export function PictureStage({ tools }: { tools: HTMLElement | null }): ReactNode {
  const theme = useTheme()
  const element = useRef<HTMLDivElement>(null)
  const window = useSize(element)
  const figure = useRef<HTMLElement>(null)
  const explaining = useApp((state) => state.explaining)
  const asking = useApp((state) => state.asking)
  const picture = useMemo(() => stagedPicture({ explaining, asking }), [explaining, asking])
  const seen = useMemo(() => (picture === null ? wholeSquare : seenPart({ explaining }, picture)), [explaining, picture])
  const tool = useApp(({ viewing }) => viewing.tool)
  const grid = explaining.answer?.known.grid ?? null
  const asSeen = useApp(({ viewing }) => viewing.seen)
  const whole = picture?.whole ?? wholeSquare
  const camera = useCamera(whole, asSeen ? seen : whole, window, `${String(picture?.sha256)} ${asSeen}`)
  const gestures = useGestures({ grid, seen, camera, element })
  const mapSize = useApp(selectMapSize)
  const painted = useCallback((colours: readonly string[]) => {
    if (figure.current !== null) figure.current.dataset['cells'] = colours.join(';')
  }, [])
  return (
    <figure ref={figure} className="stage" aria-label="Relevance map" data-map={mapSize}>
      <div
        ref={element}
        className={`stage-surface ${tool} ${gestures.moving ? 'moving' : ''}`}
        tabIndex={0}
        role="group"
        aria-roledescription="picture"
        aria-label="Picture: arrow keys move over the patches, Enter chooses one"
        data-keeps-arrows
        onPointerDown={gestures.onPointerDown}
        onPointerMove={gestures.onPointerMove}
        onPointerUp={gestures.onPointerUp}
        onPointerLeave={gestures.onPointerLeave}
        onDoubleClick={camera.fit}
        onKeyDown={gestures.onKeyDown}
      >
        {picture !== null && window.width > 0 && (
          <StageLayers
            window={window}
            view={camera.view}
            picture={picture}
            seen={seen}
            grid={grid}
            lasso={gestures.lasso}
            theme={theme}
            onPainted={painted}
          />
        )}
      </div>
      {grid !== null && (
        <PatchTip
          grid={grid}
          seen={seen}
          view={camera.view}
          window={window}
          hidden={gestures.lasso.length > 0 || gestures.moving}
        />
      )}
      <StageNote />
      {tools !== null && createPortal(<CameraButtons camera={camera} />, tools)}
      <MapSummary />
    </figure>
  )
}

function selectMapSize(state: State): string {
  const map = selectView(state)?.map ?? null
  return map === null ? 'none' : `${map.rows}x${map.columns}`
}
