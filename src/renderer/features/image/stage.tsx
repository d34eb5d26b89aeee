import { useRef } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTheme } from '../../hooks/theme.ts'
import { useApp } from '../../hooks/workspace-context.ts'
import type { State } from '../../state/state.ts'
import { selectMap } from '../../state/selectors.ts'
import { MapSummary } from '../heatmap/map-summary.tsx'
import { PatchTip } from '../heatmap/patch-tip.tsx'
import { CameraButtons } from './camera-buttons.tsx'
import { useGestures } from './gestures.ts'
import { StageLayers } from './stage-layers.tsx'
import { StageNote } from './stage-note.tsx'
import { useCamera, useSize } from './viewport.ts'

const wholeSquare = { left: 0, top: 0, width: 1, height: 1 }

/** The picture with its map: hover, click, lasso, zoom and pan. `tools` is where its zoom goes, away from the picture. */
export function PictureStage({ tools }: { tools: HTMLElement | null }): ReactNode {
  const theme = useTheme()
  const element = useRef<HTMLDivElement>(null)
  const window = useSize(element)
  const picture = useApp(selectPicture)
  const tool = useApp(({ viewing }) => viewing.tool)
  const grid = useApp(({ explaining }) => explaining.answer?.grid ?? null)
  const seen = useApp(({ explaining }) => explaining.answer?.provenance?.seen ?? null) ?? picture?.whole ?? wholeSquare
  const asSeen = useApp(({ viewing }) => viewing.seen)
  const whole = picture?.whole ?? wholeSquare
  const camera = useCamera(whole, asSeen ? seen : whole, window, `${picture?.sha256 ?? ''} ${asSeen}`)
  const gestures = useGestures({ grid, seen, camera, element })
  const mapSize = useApp(selectMapSize)
  return (
    <figure className="stage" aria-label="Relevance map" data-map={mapSize}>
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
  const map = selectMap(state)
  return map === null ? 'none' : `${map.rows}x${map.columns}`
}

/** The picture on the stage, with its size as it was after turning it upright. */
export interface StagedPicture {
  readonly sha256: string
  readonly whole: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
}

let last: StagedPicture | null = null

function selectPicture({ asking, explaining }: State): StagedPicture | null {
  const { picture } = asking
  const { width, height, sha256 } = explaining.answer?.provenance ?? {
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    sha256: picture?.sha256,
  }
  if (sha256 === undefined || width === 0 || height === 0) return null
  if (last?.sha256 !== sha256 || last.whole.width !== width || last.whole.height !== height)
    last = { sha256, whole: { left: 0, top: 0, width, height } }
  return last
}
