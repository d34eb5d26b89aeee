import type { GridShape } from '../../../shared/sequence/patch-grid.ts'
import { coarseBlocks, coarseShape } from '../../../shared/atman/coarse-blocks.ts'
import { blockRow } from '../../../shared/atman/suppression.ts'
import type { Target } from '../../../shared/explanation/record.ts'
import type { Suppression } from '../../../shared/explanation/parameters.ts'
import type { Sequence } from '../../../shared/sequence/sequence.ts'
import { pictureSegments } from '../../../shared/sequence/sequence.ts'
import type { ExplainEvent } from '../engine.ts'
import { lastOf } from './last-of.ts'
import type { OpenSweep, PassRunner } from './pass-runner.ts'
import { joined } from '../sequence/joined.ts'
import { runSweep } from './sweep.ts'

/** Maps of ever smaller blocks of patches, each a block suppressed as a whole: a first answer within a tenth of the time. */
const coarseGrids: readonly GridShape[] = [
  { rows: 3, columns: 3 },
  { rows: 6, columns: 6 },
]

/** What a coarse sweep is about. */
export interface CoarseWork {
  readonly sequence: Sequence
  readonly suppression: Suppression
  readonly targets: readonly Target[]
}

/**
 * Sweeps blocks of 3 x 3 and then 6 x 6 cells of the picture and yields a map after each. Grids not finer than that are left to the full sweep, and so is
 * a sequence without a picture or with several.
 */
export async function* sweepCoarse(runner: PassRunner, open: OpenSweep, work: CoarseWork): AsyncGenerator<ExplainEvent> {
  const { sequence, suppression, targets } = work
  const [grid, ...others] = pictureSegments(sequence)
  if (grid === undefined || others.length > 0) return
  for (const shape of coarseGrids.filter(({ rows, columns }) => rows < grid.rows && columns < grid.columns)) {
    const blocks = coarseBlocks(grid, shape)
    const factors = joined(...blocks.map((block) => blockRow(block, sequence.length, suppression)))
    const rows = { count: blocks.length, sequence: sequence.length, factors, patchesFirst: false }
    const { values } = await lastOf(runSweep(runner, open, rows))
    yield { kind: 'coarse', map: { ...coarseShape(grid, shape), targets, values } }
  }
}
