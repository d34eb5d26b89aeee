import { useCallback, useEffect, useMemo, useState } from 'react'
import type { RefObject } from 'react'
import type { Point } from '../../../shared/sequence/patch-grid.ts'
import type { PixelBox } from '../../../shared/explanation/record.ts'
import type { Size, Viewport } from './camera.ts'
import { fittedBox, panned, zoomed } from './camera.ts'

/** Space kept free around a fitted picture, in pixels. */
const margin = 20

/** Size of an element, as it changes. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const watched = element.current
    if (watched === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) })
    })
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return size
}

/** Where the picture lies, and how it is zoomed and moved. */
export interface Camera {
  readonly view: Viewport
  /** Zoom against the fitted picture; 1 is fitted. */
  readonly zoom: number
  readonly zoomAt: (at: Point, factor: number) => void
  readonly zoomBy: (factor: number) => void
  readonly pan: (by: Point) => void
  readonly fit: () => void
}

/**
 * A camera on a picture. Another picture is fitted again.
 * @param shown the part of the picture that is fitted into the window, in its pixels
 */
export function useCamera(picture: Size, shown: PixelBox, window: Size, key: string): Camera {
  const fit = useMemo(() => fittedBox(shown, window, margin), [shown, window])
  const [moved, setMoved] = useState<{ readonly key: string; readonly view: Viewport } | null>(null)
  const view = moved?.key === key && moved.view.scale > fit.scale ? moved.view : fit
  const change = useCallback((next: Viewport) => setMoved({ key, view: next }), [key])
  const centre = { x: window.width / 2, y: window.height / 2 }
  return {
    view,
    zoom: view.scale / fit.scale,
    zoomAt: (at, factor) => change(zoomed(view, at, factor, fit)),
    zoomBy: (factor) => change(zoomed(view, centre, factor, fit)),
    pan: (by) => {
      if (view.scale > fit.scale) change(panned(view, by, picture, window))
    },
    fit: () => setMoved(null),
  }
}
