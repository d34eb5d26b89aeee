import type { BankRows } from '../../../../../src/shared/atman/sweep-plan.ts'
import { variants } from '../../../../../src/shared/explanation/parameters.ts'
import type { Candidate } from '../../../../../src/shared/explanation/record.ts'
import type { FactorBatch, OpenSweep, PassRunner } from '../../../../../src/main/engine/explain/pass-runner.ts'
import { tokenId } from '../../../../../src/shared/values/brand.ts'

/** A runner that computes nothing: each row loses as many nats as its factors fall short of 1 in sum, times one more than the column of the answer. */
export interface FakeRunner {
  readonly runner: PassRunner
  readonly sweep: OpenSweep
  /** Batches as they were run. */
  readonly ran: FactorBatch[]
}

/** Makes one with two targets of the given numbers of candidates. */
export function fakeRunner(candidates = 2, bank: { rows: BankRows[]; ready: boolean } | null = null): FakeRunner {
  const ran: FactorBatch[] = []
  const width = 1 + candidates
  const baseline = Float32Array.from({ length: 2 * width }, (_, place) => -place / 8)
  const lost = (factors: Float32Array): number => factors.reduce((sum, factor) => sum + 1 - factor, 0)
  const sweep: OpenSweep = {
    baseline: { candidates: [listed(candidates), listed(candidates)], logprobs: baseline },
    bank: bank && { chunks: bank.rows, ready: bank.ready },
    run: async function* (batches) {
      for await (const batch of batches) {
        ran.push(batch)
        const sequence = batch.factors.length / batch.rows.length
        const logprobs = batch.rows.flatMap((_, row) => {
          const loss = lost(batch.factors.subarray(row * sequence, (row + 1) * sequence))
          return [...baseline].map((logprob, place) => logprob - loss * (place + 1))
        })
        yield { rows: batch.rows, logprobs: Float32Array.from(logprobs) }
      }
    },
  }
  const limits = { rows: 2, positions: 1000, overhead: 1 }
  return { ran, sweep, runner: { capabilities: { variants, limits }, open: async () => sweep } }
}

function listed(count: number): Candidate[] {
  return Array.from({ length: count }, (_, place) => ({ id: tokenId(place), text: `c${place}`, logprob: -place }))
}
