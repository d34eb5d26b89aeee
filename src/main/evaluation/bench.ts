import { readFileSync } from 'node:fs'
import { overhead } from '../../shared/metrics/overhead.ts'
import { defaultSuppression } from '../../shared/explanation/parameters.ts'
import { sweepCoarse } from '../engine/explain/coarse.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { ImageBank } from '../engine/explain/image-bank.ts'
import { lastOf } from '../engine/explain/last-of.ts'
import { localRunner } from '../engine/explain/local-runner.ts'
import type { LoadedModel } from '../engine/model/model.ts'
import { loadModel } from '../engine/model/model.ts'
import { targetsOf } from '../engine/explain/watched-targets.ts'
import { runSweep } from '../engine/explain/sweep.ts'
import { matrixPeak, passWork } from './matrix-peak.ts'
import { interleave } from './interleave.ts'
import { fullPass, naiveRelevance } from './naive-loop.ts'
import type { PreparedSweep } from './prepared-sweep.ts'
import { prepareSweep } from './prepared-sweep.ts'

/** What is to be measured, on what. */
export interface BenchRequest {
  readonly modelFolder: string
  readonly picture: string
  readonly options: EngineOptions
  /** Rounds of all measurements in turn; the medians count. */
  readonly rounds: number
}

/** Times of one run, in seconds, measured in turns so that their ratios hold on a noisy machine. */
export interface BenchTimes {
  readonly naive_s: number
  readonly cold_s: number
  readonly fill_s: number
  readonly warm_s: number
  readonly next_naive_s: number
  readonly next_question_s: number
  readonly coarse_s: number
  readonly forward_s: number
  readonly rho_cold: number
  readonly rho_warm: number
  readonly matmul_peak_share: number
  readonly matmul_peak_gflops: number
  readonly bank_used_mb: number
  readonly inputs: number
  readonly sequence: number
  readonly provider: string
}

const prompts = ['This is a picture of', 'Q: How many animals are there? A:'] as const

/** Measures the sweep of one completion in every way there is to run it. */
export async function measureTimes({ modelFolder, picture, options, rounds }: BenchRequest): Promise<BenchTimes> {
  const model = await loadModel(modelFolder, options)
  const source = { name: picture, bytes: readFileSync(picture) }
  const first = await prepareSweep(model, source, prompts[0], defaultSuppression)
  const next = await prepareSweep(model, source, prompts[1], defaultSuppression)
  const ready = new ImageBank(options.bankMiB * 2 ** 20)
  await sweep(model, first, ready)
  const peak = await matrixPeak()
  const times = await interleave(rounds, {
    naive: () => naiveRelevance(model, first.setup, first.rows),
    cold: () => sweep(model, first, new ImageBank(0)),
    fill: () => sweep(model, first, new ImageBank(options.bankMiB * 2 ** 20)),
    warm: () => sweep(model, first, ready),
    nextNaive: () => naiveRelevance(model, next.setup, next.rows),
    next: () => sweep(model, next, ready),
    coarse: () => firstCoarseMap(model, first),
    forward: () => fullPass(model, first.setup, null),
  })
  const inputs = first.rows.count
  const work = passWork(model, modelFolder, first.setup.length)
  await model.release()
  return {
    naive_s: times.naive,
    cold_s: times.cold,
    fill_s: times.fill,
    warm_s: times.warm,
    next_naive_s: times.nextNaive,
    next_question_s: times.next,
    coarse_s: times.coarse,
    forward_s: times.forward,
    rho_cold: overhead(times.cold, inputs, times.forward),
    rho_warm: overhead(times.warm, inputs, times.forward),
    matmul_peak_share: (await work) / times.forward / peak,
    matmul_peak_gflops: peak / 1e9,
    bank_used_mb: ready.bytes / 2 ** 20,
    inputs,
    sequence: first.setup.length,
    provider: model.provider,
  }
}

async function sweep(model: LoadedModel, { image, setup, rows }: PreparedSweep, bank: ImageBank): Promise<void> {
  const runner = localRunner(model, { find: () => image }, bank)
  await lastOf(runSweep(runner, await runner.open(setup, new AbortController().signal), rows))
}

async function firstCoarseMap(model: LoadedModel, { image, sequence, setup, watched }: PreparedSweep): Promise<void> {
  const runner = localRunner(model, { find: () => image }, new ImageBank(0))
  const open = await runner.open(setup, new AbortController().signal)
  const targets = targetsOf(watched, open.baseline)
  await sweepCoarse(runner, open, { sequence, suppression: setup.suppression, targets }).next()
}
