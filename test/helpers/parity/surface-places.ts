import type { Places } from './read-surface.ts'
import type { Shows } from './surfaces.ts'

const nowhere = { row: '', label: '', written: '' }
const noInspector = { without: '', withoutWords: '', drops: nowhere, words: nowhere, candidates: nowhere }

/** The window: the pane on the right, the legend with its two ends, and the stage. */
export const windowPlaces: Places = {
  title: '.inspector [data-role=title]',
  detail: '.inspector [data-role=detail]',
  note: '.inspector [data-role=note]',
  summary: 'figure.stage [data-role=summary]',
  unit: '.legend [data-role=unit]',
  scale: '.legend [data-role=scale]',
  tick: '.legend [data-role=tick]',
  without: '.inspector [data-role=without]',
  withoutWords: '.inspector [data-role=without-words]',
  drops: { row: '[aria-label="Tokens that drop"] .bar', label: '.text', written: '.value' },
  words: { row: '.inspector .bar[data-word]', label: '.text', written: '.value' },
  candidates: { row: '[aria-label=Candidates] .bar', label: '', written: '.value' },
  cells: 'figure.stage[data-cells]',
}

/** See {@link windowPlaces}. */
export const windowShows: Shows = {
  inspector: true,
  summary: true,
  legend: 'both ends',
  unit: true,
  dropOrder: 'strongest',
  most: { words: 6, passages: 5, drops: 5 },
  leastPassages: 2,
  sentences: true,
  looks: true,
  candidates: 'spelled',
}

/** One side of the window's comparison; the legend is for both, its unit that of the first. */
export function windowSide(place: 0 | 1): Places {
  const side = `.compare-side:nth-child(${place + 1})`
  return {
    ...windowPlaces,
    ...noInspector,
    unit: place === 0 ? windowPlaces.unit : '',
    title: `${side} [data-role=title]`,
    detail: `${side} [data-role=detail]`,
    note: `${side} [data-role=note]`,
    summary: `${side} [data-role=summary]`,
    cells: `${side} [data-cells]`,
  }
}

/** See {@link windowSide}. */
export function windowSideShows(place: 0 | 1): Shows {
  return { ...windowShows, inspector: false, unit: place === 0 }
}

/** The report: everything of every side. */
export function reportPlaces(place: number): Places {
  const side = `[data-side="${place}"]`
  return {
    title: `${side} [data-role=title]`,
    detail: `${side} [data-role=detail]`,
    note: `${side} [data-role=note]`,
    summary: `${side} [data-role=summary]`,
    unit: `${side} [data-role=unit]`,
    scale: `${side} [data-role=scale]`,
    tick: `${side} [data-role=tick]`,
    without: `${side} [data-role=without]`,
    withoutWords: `${side} [data-role=without-words]`,
    drops: { row: `${side} [data-drop]`, label: '.label', written: '.number' },
    words: { row: `${side} [data-word]`, label: '.label', written: '.number' },
    candidates: { row: `${side} [aria-label=Candidates] li`, label: '.label', written: '.number' },
    cells: `${side} [data-cell]`,
  }
}

/** See {@link reportPlaces}. */
export const reportShows: Shows = {
  inspector: true,
  summary: true,
  legend: 'every tick',
  unit: true,
  dropOrder: 'text',
  most: { words: 12, passages: 12, drops: Infinity },
  leastPassages: 1,
  sentences: true,
  looks: true,
  candidates: 'labelled',
}

/** The drawing of one answer: its summary is the description of the whole. */
export const drawingPlaces: Places = {
  title: '[data-role=title]',
  detail: '[data-role=detail]',
  note: '[data-role=note]',
  summary: 'desc',
  unit: '[data-role=unit]',
  scale: '[data-role=scale]',
  tick: '[data-role=tick]',
  without: '[data-role=without]',
  withoutWords: '[data-role=how]',
  drops: { row: '[data-drop]', label: 'text', written: 'text:last-of-type' },
  words: { row: '[data-word]', label: 'text', written: 'text:last-of-type' },
  candidates: { row: '[data-candidate]', label: 'text', written: 'text:last-of-type' },
  cells: '[data-cell]',
}

/** See {@link drawingPlaces}. It has no sentences for a pointer, and its colours are the theme's own. */
export const drawingShows: Shows = {
  inspector: true,
  summary: true,
  legend: 'every tick',
  unit: true,
  dropOrder: 'strongest',
  most: { words: 7, passages: 4, drops: 8 },
  leastPassages: 1,
  sentences: false,
  looks: false,
  candidates: 'labelled',
}

/** One side of the drawing of a comparison; the legend is for both, its unit that of the first. */
export function drawingSide(place: 0 | 1): Places {
  const side = `[data-side="${place}"]`
  return {
    ...drawingPlaces,
    ...noInspector,
    unit: place === 0 ? drawingPlaces.unit : '',
    title: `${side} [data-role=title]`,
    detail: `${side} [data-role=detail]`,
    note: `${side} [data-role=note]`,
    summary: `${side} [data-role=summary]`,
    cells: `${side} [data-cell]`,
  }
}

/** See {@link drawingSide}. */
export function drawingSideShows(place: 0 | 1): Shows {
  return { ...drawingShows, inspector: false, unit: place === 0 }
}
