import type { ReactNode } from 'react'
import { Icon } from '../../components/icon.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { change } from '../../state/store.ts'
import type { Camera } from './viewport.ts'

/** Zoom, and what dragging does: it draws a lasso, or moves the picture. */
export function CameraButtons({ camera }: { camera: Camera }): ReactNode {
  const { store } = useWorkspace()
  const moves = useApp(({ viewing }) => viewing.tool === 'move')
  const percent = `${Math.round(camera.zoom * 100)} %`
  return (
    <div className="camera" role="group" aria-label="Zoom">
      <button
        type="button"
        className="icon-button"
        aria-label="Move the picture"
        title={moves ? 'Dragging moves the picture; press for the lasso' : 'Dragging draws a lasso; press to move the picture'}
        aria-pressed={moves}
        onClick={() => change(store, 'viewing', { tool: moves ? 'lasso' : 'move' })}
      >
        <Icon name="hand" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom out"
        title="Zoom out (−)"
        disabled={camera.zoom <= 1}
        onClick={() => camera.zoomBy(1 / 1.4)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        className="icon-button wide"
        aria-label={`Fit, ${percent}`}
        title="Fit the picture (0)"
        onClick={camera.fit}
      >
        {percent}
      </button>
      <button type="button" className="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => camera.zoomBy(1.4)}>
        <Icon name="plus" />
      </button>
    </div>
  )
}
