/** How the picture's positions lie on a grid, row by row from the top left; position of a patch is `start + row * columns + column`. */
export interface PatchGrid {
  readonly rows: number
  readonly columns: number
  /** Position of the first patch in the sequence. */
  readonly start: number
}
