import { plannedPasses, planSweep } from '../../../shared/atman/sweep-plan.ts'
import type { SweepBatch } from '../../../shared/atman/sweep-plan.ts'
import { firstChanged } from '../../../shared/atman/suppression.ts'
import { element } from '../../../shared/values/element.ts'
import type { RelevanceMatrix } from '../../../shared/explanation/record.ts'
import { candidateCount } from '../../../shared/explanation/record.ts'
import type { ExplainEvent } from '../engine.ts'
import type { Progress } from '../../../shared/values/progress.ts'
import type { FactorRows } from './factor-rows.ts'
import type { FactorBatch, OpenSweep, PassResult, PassRunner } from './pass-runner.ts'

/** Runs every row once and yields progress in passes; returns the relevance of every row for every target (paper Eq. 5). */
export async function* runSweep(
  runner: PassRunner,
  sweep: OpenSweep,
  rows: FactorRows,
): AsyncGenerator<Progress, RelevanceMatrix> {
  const plan = planSweep({
    firstChanged: Array.from({ length: rows.count }, (_, row) => firstChanged(factorRow(rows, row))),
    sequence: rows.sequence,
    bank: rows.patchesFirst && sweep.bank !== null ? sweep.bank.chunks : null,
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

/** What a whole sweep gives. */
export interface SweepResult {
  readonly relevance: RelevanceMatrix
  /** Passes run: one for every row that changes something. */
  readonly passes: number
}

/** As {@link runSweep}, its progress as events of an explanation. */
export async function* sweepWhole(
  runner: PassRunner,
  sweep: OpenSweep,
  rows: FactorRows,
): AsyncGenerator<ExplainEvent, SweepResult> {
  const running = runSweep(runner, sweep, rows)
  let passes = 0
  for (;;) {
    const step = await running.next()
    if (step.done === true) return { relevance: step.value, passes }
    passes = step.value.done
    yield { kind: 'sweep-progress', progress: step.value }
  }
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
        const unchanged = element(baseline.logprobs, target * width + place)
        const lost = unchanged - element(logprobs, (index * targets + target) * width + place)
        if (place === 0) values[row * targets + target] = lost
        else candidates[(row * targets + target) * candidateCount + place - 1] = lost
      }
    }
  })
}
