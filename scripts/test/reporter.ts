import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { UserConsoleLog } from 'vitest'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Report, Skip } from './tally.ts'

/** Environment variable that names the file the report goes to. */
export const reportVariable = 'TEST_REPORT'

/** vitest reporter: counts, the reason of every skip and what the tests printed, as one JSON file. vitest's own has no reasons. */
export default class TallyReporter implements Reporter {
  readonly #notes: string[] = []

  onUserConsoleLog({ content }: UserConsoleLog): void {
    this.#notes.push(...content.trimEnd().split('\n'))
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const path = process.env[reportVariable]
    if (path === undefined) return
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify({ ...count(modules, errors.length), notes: this.#notes } satisfies Report))
  }
}

function count(modules: readonly TestModule[], errors: number): Omit<Report, 'notes'> {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const ended = (state: string): TestCase[] => tests.filter((test) => test.result().state === state)
  const broken = modules.filter((module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0)
  const unfinished = ended('pending').length
  return {
    passed: ended('passed').length,
    failed: ended('failed').length + broken.length + errors + unfinished,
    skips: ended('skipped').map(skip),
  }
}

function skip(test: TestCase): Skip {
  const result = test.result()
  const reason = result.state === 'skipped' ? result.note : undefined
  return { name: `${test.module.relativeModuleId}: ${test.fullName}`, reason: reason ?? 'no reason given' }
}
