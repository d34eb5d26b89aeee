import type { Rgb } from '../../shared/colour/rgba.ts'

/** Colours of the light sheets; neutral, so that colour means relevance only. */
export const palette = {
  ground: '#f4f4f2',
  panel: '#ffffff',
  sunken: '#f0f0ed',
  line: '#e3e3de',
  lineStrong: '#cfcfc9',
  text: '#1b1b19',
  muted: '#6b6b65',
  faint: '#9a9a93',
  ink: '#1b1b19',
  onInk: '#ffffff',
  warm: '#f59a3c',
  cool: '#6aa5e8',
  mark: '#d9541e',
} as const

/** {@link palette}'s panel as numbers, for blending. */
export const panelColour: Rgb = [255, 255, 255]
