import type { Tone } from '../../colour/ramp.ts'
import { blockOf } from '../../atman/coarse-blocks.ts'
import { standsBefore } from '../../atman/relevance.ts'
import type { Cell, GridShape } from '../../sequence/patch-grid.ts'
import { patchCount } from '../../sequence/patch-grid.ts'
import { element, present } from '../../values/element.ts'
import type { Suppressed } from '../claim.ts'
import { single, together } from '../claim.ts'
import type { KnownExplanation } from '../known.ts'
import { isClear, normalise } from '../scale.ts'
import type { Effects } from './effects.ts'
import type { Subject } from './subject.ts'

/** Numbers of a map over the picture, before they have a scale. */
export interface MapNumbers extends GridShape {
  /** One number per cell, row by row, in nats; NaN for a cell that was not read yet when the token was written. */
  readonly values: Float32Array
  /** Shape of the picture's own grid; the map's is coarser while it is a preview. */
  readonly grid: GridShape
}

/** A map as it is drawn. */
export interface ViewMap extends MapNumbers {
  /** Share of full colour per cell, in [-1, 1]. */
  readonly shares: Float32Array
  /** `grey` where the map says nothing: its numbers remain, its colours do not. */
  readonly tone: Tone
  /** Place of the cell that supports most; `null` where nothing is clear. */
  readonly strongest: number | null
}

/** The map over the picture for what is asked; `null` when no patch was suppressed, or before there is any map. */
export function mapNumbers({ grid, inputs, numbers }: KnownExplanation, subject: Subject, effects: Effects): MapNumbers | null {
  if (grid === null) return null
  const shape = { rows: grid.rows, columns: grid.columns }
  if (effects.blocks !== null && numbers.kind === 'preview') {
    return { rows: numbers.map.rows, columns: numbers.map.columns, values: effects.blocks, grid: shape }
  }
  const patches = inputs.filter(({ kind }) => kind === 'patch')
  if (effects.inputs === null || patches.length === 0) return null
  const values = new Float32Array(patchCount(grid)).fill(Number.NaN)
  for (const patch of patches) {
    const place = present(patch.row, 'the row of a patch') * grid.columns + present(patch.column, 'the column of a patch')
    if (standsBefore(patch, subject.before)) values[place] = element(effects.inputs, patch.index)
  }
  return { ...shape, values, grid: shape }
}

/** The map with its colours. A preview and f = 0 are never said to be unclear. */
export function drawnMap(map: MapNumbers, { claim }: Effects, maximum: number): ViewMap {
  const unclear = claim.exactness.kind === 'exact' && claim.suppression.strength !== 0 && !isClear(known(map.values))
  return {
    ...map,
    shares: map.values.map((nats) => normalise(nats, maximum)),
    tone: unclear ? 'grey' : 'colour',
    strongest: unclear ? null : strongestPlace(map.values),
  }
}

function known(values: Float32Array): Float32Array {
  return values.filter((nats) => !Number.isNaN(nats))
}

function strongestPlace(values: Float32Array): number | null {
  let best: number | null = null
  values.forEach((nats, place) => {
    if (nats > 0 && (best === null || nats > element(values, best))) best = place
  })
  return best
}

/** Place in a map of a cell of the picture's grid: its own, or that of its block. */
export function placeOf(map: MapNumbers, cell: Cell): number {
  const { row, column } = blockOf(cell, map.grid, map)
  return row * map.columns + column
}

/** Place of a cell when all are ordered by falling relevance, from 1. */
export function rankOf({ values }: Pick<MapNumbers, 'values'>, place: number): number {
  const own = element(values, place)
  return 1 + values.reduce((above, value, other) => above + Number(value > own || (value === own && other < place)), 0)
}

/** What was suppressed for one cell: the patch with its neighbours, or all patches of a block. */
export function suppressedAt(map: MapNumbers, { claim: { suppression } }: Pick<Effects, 'claim'>): Suppressed {
  const patches = patchCount(map.grid) / patchCount(map)
  return patches > 1 ? together(Math.round(patches)) : single(suppression)
}
