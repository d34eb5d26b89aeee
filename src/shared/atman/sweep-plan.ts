import { element, lastElement } from '../values/element.ts'

/** Limits of whoever runs the passes. */
export interface BatchLimits {
  /** Most rows in one batch. */
  readonly rows: number
  /** Most positions computed in one batch, rows times positions: bounds its memory. */
  readonly positions: number
  /** What starting a batch costs, counted in positions computed in the same time. */
  readonly overhead: number
}

/** Rows that are run together from one position on; the positions before it are unchanged in all of them, so theirs come from the unchanged run. */
export interface PlannedBatch {
  /** Indices of the planned rows. */
  readonly rows: readonly number[]
  /** First position computed. */
  readonly start: number
}

/** Rows whose changes begin at known positions. */
export interface PlanRequest {
  /** Rows to be run. */
  readonly rows: readonly number[]
  /** First changed position of each planned row, in the order of `rows`. */
  readonly starts: readonly number[]
  /** Position after the last one computed. */
  readonly end: number
  readonly limits: BatchLimits
}

/**
 * Sorts rows by their first change and cuts them into the batches that cost least: a batch begins where its earliest row does, so rows of one
 * batch should begin close together, yet each batch costs something to start. Exact, by dynamic programming over the sorted rows.
 * (Method: causal masking leaves every position before the first changed key as it was, in every layer.)
 */
export function planBatches({ rows, starts, end, limits }: PlanRequest): PlannedBatch[] {
  const order = rows
    .map((row, index) => ({ row, start: element(starts, index) }))
    .sort((a, b) => b.start - a.start || a.row - b.row)
  const cost = [0]
  const cut = [0]
  for (let last = 1; last <= order.length; last++) {
    const best = cheapestCut(order, cost, last, end, limits)
    cost.push(best.cost)
    cut.push(best.from)
  }
  return readBack(order, cut)
}

interface Ordered {
  readonly row: number
  readonly start: number
}

/** The rows up to `last` (exclusive) end with a batch; finds where that batch best begins. Rows are sorted by falling start, so its last row starts first. */
function cheapestCut(order: readonly Ordered[], cost: readonly number[], last: number, end: number, limits: BatchLimits) {
  const width = end - element(order, last - 1).start
  const most = Math.max(1, Math.min(limits.rows, Math.floor(limits.positions / Math.max(1, width)), last))
  let best = { from: last - 1, cost: Number.POSITIVE_INFINITY }
  for (let size = 1; size <= most; size++) {
    const total = element(cost, last - size) + size * width + limits.overhead
    if (total < best.cost) best = { from: last - size, cost: total }
  }
  return best
}

function readBack(order: readonly Ordered[], cut: readonly number[]): PlannedBatch[] {
  const batches: PlannedBatch[] = []
  for (let last = order.length; last > 0; last = element(cut, last)) {
    const members = order.slice(element(cut, last), last)
    batches.push({ rows: members.map(({ row }) => row), start: lastElement(members).start })
  }
  return batches
}

/** One part of a sweep, ready to be run. */
export type SweepBatch =
  /** Runs from `start` to the end of the sequence on the unchanged prefix. */
  | { readonly kind: 'prefix'; readonly rows: readonly number[]; readonly start: number }
  /** Runs the text after the picture; the picture's part of these rows is chunk `chunk` of the image bank. */
  | { readonly kind: 'bank'; readonly rows: readonly number[]; readonly chunk: number }

/** Rows whose picture part one chunk of the image bank holds. */
export interface BankRows {
  readonly rows: readonly number[]
}

/** What a sweep is planned from. */
export interface SweepRequest {
  /** First changed position of each row; the sequence's length for a row that changes nothing. */
  readonly firstChanged: readonly number[]
  /** Length S of the sequence. */
  readonly sequence: number
  /** Chunks of the image bank; `null` without a bank. */
  readonly bank: readonly BankRows[] | null
  readonly limits: BatchLimits
}

/**
 * Plans a sweep: every row that changes something, exactly once. Rows of the bank go chunk by chunk; the others start at their first change.
 * A row that changes nothing has relevance 0 and is not run.
 */
export function planSweep({ firstChanged, sequence, bank, limits }: SweepRequest): SweepBatch[] {
  const held = bank === null ? [] : bank
  const banked = new Set(held.flatMap(({ rows }) => rows))
  const rows = firstChanged.flatMap((first, row) => (first < sequence && !banked.has(row) ? [row] : []))
  const prefixed = planBatches({ rows, starts: rows.map((row) => element(firstChanged, row)), end: sequence, limits })
  const chunks = held.map((batch, chunk): SweepBatch => ({ kind: 'bank', rows: batch.rows, chunk }))
  return [...chunks, ...prefixed.map((batch): SweepBatch => ({ kind: 'prefix', ...batch }))]
}

/** Passes of a plan: rows run, each counted once. */
export function plannedPasses(batches: readonly SweepBatch[]): number {
  return batches.reduce((sum, { rows }) => sum + rows.length, 0)
}
