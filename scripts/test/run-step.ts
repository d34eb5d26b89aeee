import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { reportVariable } from './reporter.ts'
import type { Step } from './steps.ts'
import { checkOutcome, testOutcome } from './tally.ts'
import type { Outcome, Report } from './tally.ts'

/** A step that is over. */
export interface Done {
  readonly step: Step
  readonly outcome: Outcome
  readonly seconds: number
  /** What it wrote, to be shown when it failed. */
  readonly output: string
}

/** Runs one step in a process of its own. Never throws: a step that cannot be started has failed. */
export async function runStep(step: Step): Promise<Done> {
  const started = performance.now()
  const report = resolve(`out/test/${step.script}.json`)
  rmSync(report, { force: true })
  const { exitCode, output } = await runScript(commandLine(step), { [reportVariable]: report })
  const outcome = step.kind === 'check' ? checkOutcome(exitCode) : testOutcome(exitCode, readReport(report))
  return { step, outcome, output, seconds: (performance.now() - started) / 1000 }
}

function commandLine({ script, kind }: Step): string {
  const options = '--reporter=dot --reporter=./scripts/test/reporter.ts --allowOnly=false'
  return `npm run --silent ${script}${kind === 'tests' ? ` -- ${options}` : ''}`
}

function runScript(command: string, environment: Record<string, string>): Promise<{ exitCode: number; output: string }> {
  return new Promise((settle) => {
    const chunks: Buffer[] = []
    const child = spawn(command, {
      shell: true,
      env: { ...process.env, ...colour(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => settle({ exitCode: 1, output: String(error) }))
    child.on('close', (code) => settle({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })
}

/** The steps write into a pipe and cannot see whether a person is reading. */
function colour(): Record<string, string> {
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }
}

function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return null
  }
}
