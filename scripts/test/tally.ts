/** A test that was left out, and why. */
export interface Skip {
  readonly name: string
  /** What the test gave to `context.skip(reason)`. */
  readonly reason: string
}

/** What vitest did, as `reporter.ts` writes it. */
export interface Report {
  readonly passed: number
  /** Failed tests, test files that could not be run, and errors outside any test. */
  readonly failed: number
  readonly skips: readonly Skip[]
  /** What the tests printed: figures worth seeing even when all is well. */
  readonly notes: readonly string[]
}

/** How a step ended. */
export interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly skips: readonly Skip[]
  readonly notes: readonly string[]
}

/** Outcome of a static check: it passed or failed as a whole. */
export function checkOutcome(exitCode: number): Outcome {
  const failed = exitCode === 0 ? 0 : 1
  return { passed: 1 - failed, failed, skips: [], notes: [] }
}

/** Outcome of a test run: a run that wrote no report, found no test or ended badly without a failed test counts as one failure. */
export function testOutcome(exitCode: number, report: Report | null): Outcome {
  if (report === null) return { passed: 0, failed: 1, skips: [], notes: [] }
  const empty = report.passed + report.failed + report.skips.length === 0
  const unexplained = report.failed === 0 && (exitCode !== 0 || empty)
  return unexplained ? { ...report, failed: 1 } : report
}

/** `N passed, N failed, N skipped` over some outcomes. */
export function summary(outcomes: readonly Outcome[]): string {
  const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + count(outcome), 0)
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed, ${sum(({ skips }) => skips.length)} skipped`
}
