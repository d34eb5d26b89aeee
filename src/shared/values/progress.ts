/** How far a long job is, in its own unit. */
export interface Progress {
  readonly done: number
  readonly total: number
}
