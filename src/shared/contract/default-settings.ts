import { defaultSampling, defaultSuppression } from '../explanation/parameters.ts'
import type { Settings } from './library.ts'

/** What the app does until the person says otherwise. */
export const defaultSettings: Settings = {
  theme: 'system',
  scale: 'answer',
  opacity: 0.35,
  smooth: false,
  view: 'map',
  prompt: 'This is a picture of',
  suppression: { ...defaultSuppression, layers: null },
  sampling: defaultSampling,
  panes: { left: 232, right: 320 },
  lastEntry: null,
}
