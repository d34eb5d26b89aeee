import type { ReactNode } from 'react'
import { Icon } from '../../components/icon.tsx'
import { useApp, useWorkspace } from '../../app/workspace-context.ts'
import { change } from '../../stores/store.ts'
import type { Camera } from './viewport.ts'

/** Zoom, and what dragging does. They appear over the stage's corner. */
export function CameraButtons({ camera }: { camera: Camera }): ReactNode {
  const { store } = useWorkspace()
  const tool = useApp(({ viewing }) => viewing.tool)
  const setTool = (next: 'lasso' | 'move') => () => change(store, 'viewing', { tool: next })
  return (
    <div className="camera" role="group" aria-label="Zoom and tools">
      <button
        type="button"
        className="icon-button"
        aria-label="Lasso"
        title="Drag draws a lasso"
        aria-pressed={tool === 'lasso'}
        onClick={setTool('lasso')}
      >
        <Icon name="lasso" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Move"
        title="Drag moves the picture"
        aria-pressed={tool === 'move'}
        onClick={setTool('move')}
      >
        <Icon name="hand" />
      </button>
      <span className="rule" />
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom out"
        title="Zoom out"
        disabled={camera.zoom <= 1}
        onClick={() => camera.zoomBy(1 / 1.4)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        className="icon-button wide"
        aria-label={`Fit, ${Math.round(camera.zoom * 100)} %`}
        title="Fit the picture into the window"
        onClick={camera.fit}
      >
        {Math.round(camera.zoom * 100)} %
      </button>
      <button type="button" className="icon-button" aria-label="Zoom in" title="Zoom in" onClick={() => camera.zoomBy(1.4)}>
        <Icon name="plus" />
      </button>
    </div>
  )
}
