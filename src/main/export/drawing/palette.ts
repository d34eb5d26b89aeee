import type { Theme } from '../../../shared/colour/ramp.ts'
import type { Rgb } from '../../../shared/colour/rgba.ts'

/** Colours of a drawing; neutral but for the bars, so that colour means relevance only. */
export interface Palette {
  readonly ground: string
  readonly panel: string
  /** The panel's colour as numbers, for blending. */
  readonly panelColour: Rgb
  readonly chip: string
  readonly sunken: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly muted: string
  readonly faint: string
  readonly ink: string
  readonly onInk: string
  readonly warm: string
  readonly cool: string
  readonly mark: string
}

/** Colours of light and of dark drawings: those of the app. */
export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: '#f4f4f2',
    panel: '#ffffff',
    panelColour: [255, 255, 255],
    chip: '#ffffff',
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
  },
  dark: {
    ground: '#141416',
    panel: '#1b1b1e',
    panelColour: [27, 27, 30],
    chip: '#232327',
    sunken: '#232327',
    line: '#2c2c31',
    lineStrong: '#3c3c43',
    text: '#ecece8',
    muted: '#a0a09a',
    faint: '#7d7d78',
    ink: '#f4f4f0',
    onInk: '#141416',
    warm: '#f59a3c',
    cool: '#6aa5e8',
    mark: '#d9541e',
  },
}
