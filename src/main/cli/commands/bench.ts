import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import Table from 'cli-table3'
import type { BenchTimes } from '../../evaluation/bench.ts'
import { measureTimes } from '../../evaluation/bench.ts'
import { hostLag } from '../../evaluation/host-lag.ts'
import { peakMemory } from '../../evaluation/peak-memory.ts'
import { runtimeVersion } from '../../engine/runtime/session.ts'
import type { Terminal } from '../terminal.ts'
import { checkOutputs, writeOutputs } from '../output/outputs.ts'
import { packageRoot } from '../../files/package-root.ts'
import { print } from '../output/standard-output.ts'

/** Memory of the image bank that the app has by default, in MiB. */
const bankMiB = 192
const rounds = 5

/** Everything measured in one run. */
export interface BenchReport extends BenchTimes {
  readonly generate_peak_mb: number
  readonly sweep_peak_mb: number
  readonly bank_mb: number
  readonly host_lag_p99_ms: number
  readonly machine: Readonly<Record<string, string | number>>
}

/**
 * Measures, prints the ratios as a table and, if wanted, writes the figures as JSON (`-` is standard output, which then holds nothing else).
 * @throws `output-unwritable`, before anything is measured where that can be told
 */
export async function runBench(json: string | null, { stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>): Promise<void> {
  await checkOutputs([json], null)
  const report = await measure()
  await print(json === '-' ? stderr : stdout, `${benchTable(report)}\n`)
  const files = json === null ? [] : [{ name: json, content: () => `${JSON.stringify(report, null, 2)}\n` }]
  await writeOutputs({ files, folder: null, pictures: [] }, stdout)
}

async function measure(): Promise<BenchReport> {
  const modelFolder = join(packageRoot(), 'models', 'whence-scenes')
  const picture = join(packageRoot(), 'resources', 'samples', 'cats.png')
  const options = { device: 'cpu', bankMiB, batch: null, cacheFolder: null } as const
  return {
    ...(await measureTimes({ modelFolder, picture, options, rounds })),
    generate_peak_mb: await peakMemory('generate', modelFolder, picture, bankMiB),
    sweep_peak_mb: await peakMemory('sweep', modelFolder, picture, bankMiB),
    bank_mb: bankMiB,
    host_lag_p99_ms: await hostLag(modelFolder, picture, options, 4),
    machine: machine(),
  }
}

function machine(): BenchReport['machine'] {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory_gib: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.version,
    onnxruntime: runtimeVersion,
  }
}

function benchTable(report: BenchReport): string {
  const table = new Table({
    head: ['measured', 'figure', 'against', 'target', 'what limits it'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [30, 14, 24, 12, 58],
  })
  table.push(...rows(report))
  const { machine: host, inputs, sequence } = report
  const about = Object.values(host).join(' · ')
  return `${inputs} inputs over ${sequence} positions, medians of ${rounds} rounds in turn on ${about}\n${table.toString()}`
}

function rows(report: BenchReport): string[][] {
  const { naive_s: naive, next_naive_s: nextNaive, generate_peak_mb: generating } = report
  const seconds = (value: number) => `${value.toFixed(3)} s`
  const faster = (base: number, value: number) => `${(base / value).toFixed(1)}x faster`
  return [
    [
      'one forward pass, batch 1',
      seconds(report.forward_s),
      share(report),
      '',
      'matrix products of a small model; the rest is norms, softmax and copies',
    ],
    ['naive loop', seconds(naive), 'one full pass per input', '', 'as many full passes as inputs'],
    [
      'cold sweep, no bank',
      seconds(report.cold_s),
      `${faster(naive, report.cold_s)}, rho ${report.rho_cold.toFixed(2)}`,
      '2x',
      'two of four blocks run in full for nearly all positions: background patches have twins near the start, so few prefixes can be kept',
    ],
    [
      'cold sweep that fills the bank',
      seconds(report.fill_s),
      faster(naive, report.fill_s),
      '',
      'as above, and the bank is memory touched for the first time',
    ],
    [
      'warm sweep, bank ready',
      seconds(report.warm_s),
      `${faster(naive, report.warm_s)}, rho ${report.rho_warm.toFixed(2)}`,
      '10x',
      'prompt and completion still run for every patch; joining their keys to the bank costs a fifth',
    ],
    [
      'next question, same picture',
      seconds(report.next_question_s),
      faster(nextNaive, report.next_question_s),
      '10x',
      'as the warm sweep',
    ],
    [
      'first coarse map (3x3)',
      seconds(report.coarse_s),
      `${((100 * report.coarse_s) / naive).toFixed(1)} % of naive`,
      '10 %',
      'nine passes',
    ],
    ['peak memory, generating', `${generating.toFixed(0)} MiB`, 'fresh process', '', 'Node, ONNX Runtime and the weights as f32'],
    [
      'peak memory, sweeping',
      `${report.sweep_peak_mb.toFixed(0)} MiB`,
      `bank ${report.bank_used_mb.toFixed(0)} of ${report.bank_mb} MiB`,
      `${(1.5 * generating + report.bank_mb).toFixed(0)} MiB`,
      'the bank and the activations of one batch',
    ],
    [
      "host's event-loop lag, p99",
      `${report.host_lag_p99_ms.toFixed(1)} ms`,
      'while the engine sweeps',
      '50 ms',
      'the engine works in a process of its own',
    ],
  ]
}

function share({ matmul_peak_share: part, matmul_peak_gflops: peak }: BenchReport): string {
  return `${(100 * part).toFixed(0)} % of ${peak.toFixed(0)} GFLOP/s`
}
