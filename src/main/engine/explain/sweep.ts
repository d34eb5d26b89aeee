import { plannedPasses, planSweep } from '../../../shared/atman/sweep-plan.ts'
import type { SweepBatch } from '../../../shared/atman/sweep-plan.ts'
import { firstChanged } from '../../../shared/atman/suppression.ts'
import type { RelevanceMatrix } from '../../../shared/explanation/record.ts'
import type { Progress } from '../../../shared/values/progress.ts'
import { candidateCount } from '../text/candidates.ts'
import type { FactorBatch, OpenSweep, PassResult, PassRunner } from './pass-runner.ts'

/** Factor rows of a sweep, `[rows, sequence]`. */
export interface FactorRows {
  readonly count: number
  readonly sequence: number
  readonly factors: Float32Array
  /** Whether row i suppresses patch i, so that the image bank's rows are these. */
  readonly patchesFirst: boolean
}

/** Runs every row once and yields progress in passes; returns the relevance of every row for every target (paper Eq. 5). */
export async function* runSweep(
  runner: PassRunner,
  sweep: OpenSweep,
  rows: FactorRows,
): AsyncGenerator<Progress, RelevanceMatrix> {
  const plan = planSweep({
    firstChanged: Array.from({ length: rows.count }, (_, row) => firstChanged(factorRow(rows, row))),
    sequence: rows.sequence,
    bank: rows.patchesFirst ? (sweep.bank?.chunks ?? null) : null,
    limits: runner.capabilities.limits,
  })
  const relevance = emptyRelevance(rows.count, sweep)
  const total = plannedPasses(plan)
  let done = 0
  yield { done, total }
  for await (const result of sweep.run(withFactors(plan, rows))) {
    takeDifferences(relevance, sweep, result)
    done += result.rows.length
    yield { done, total }
  }
  return relevance
}

function factorRow({ factors, sequence }: FactorRows, row: number): Float32Array {
  return factors.subarray(row * sequence, (row + 1) * sequence)
}

async function* withFactors(plan: readonly SweepBatch[], rows: FactorRows): AsyncGenerator<FactorBatch> {
  for (const batch of plan) {
    const factors = new Float32Array(batch.rows.length * rows.sequence)
    batch.rows.forEach((row, index) => {
      factors.set(factorRow(rows, row), index * rows.sequence)
    })
    yield await Promise.resolve({ ...batch, factors })
  }
}

/** Relevance 0 for all: what a row that changes nothing keeps. */
function emptyRelevance(inputs: number, { baseline }: OpenSweep): RelevanceMatrix {
  const targets = baseline.candidates.length
  const candidates = new Float32Array(inputs * targets * candidateCount)
  baseline.candidates.forEach(({ length }, target) => {
    for (let input = 0; input < inputs; input++) {
      const first = (input * targets + target) * candidateCount
      candidates.fill(Number.NaN, first + length, first + candidateCount)
    }
  })
  return { inputs, targets, values: new Float32Array(inputs * targets), candidates }
}

function takeDifferences(
  { targets, values, candidates }: RelevanceMatrix,
  { baseline }: OpenSweep,
  { rows, logprobs }: PassResult,
): void {
  const width = baseline.logprobs.length / targets
  rows.forEach((row, index) => {
    for (let target = 0; target < targets; target++) {
      for (let place = 0; place < width; place++) {
        const lost =
          (baseline.logprobs[target * width + place] ?? 0) - (logprobs[(index * targets + target) * width + place] ?? 0)
        if (place === 0) values[row * targets + target] = lost
        else candidates[(row * targets + target) * candidateCount + place - 1] = lost
      }
    }
  })
}
