import { useMemo } from 'react'
import type { Theme } from '../../../shared/colour/ramp.ts'

/** The picture without its colours, so that colour means relevance only; paler in the light theme, dimmer in the dark one. */
export function useGreyPicture(image: HTMLImageElement | null, theme: Theme): HTMLCanvasElement | null {
  return useMemo(() => (image === null ? null : greyed(image, theme)), [image, theme])
}

function greyed(image: HTMLImageElement, theme: Theme): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  const context = canvas.getContext('2d')
  if (context === null) return canvas
  context.filter = `grayscale(1) contrast(0.75) brightness(${theme === 'dark' ? 0.62 : 1.12})`
  context.drawImage(image, 0, 0)
  return canvas
}
