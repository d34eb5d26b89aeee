import { fc } from '@fast-check/vitest'

/** Grids of models: 12 x 12, 24 x 24, 27 x 27, and oblong ones, at any place in the sequence. */
export const grids = fc.record({
  rows: fc.oneof(fc.constantFrom(12, 24, 27), fc.integer({ min: 1, max: 30 })),
  columns: fc.oneof(fc.constantFrom(12, 24, 27), fc.integer({ min: 1, max: 30 })),
  start: fc.nat(5),
})

/** Centred cuts of pictures, in pixels; edges may be fractional. */
export const boxes = fc.record({
  left: fc.integer({ min: 0, max: 800 }).map((value) => value / 2),
  top: fc.integer({ min: 0, max: 800 }).map((value) => value / 2),
  width: fc.integer({ min: 24, max: 2000 }),
  height: fc.integer({ min: 24, max: 2000 }),
})
