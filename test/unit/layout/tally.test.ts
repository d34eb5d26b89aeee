import { describe, expect, it } from 'vitest'
import { checkOutcome, summary, testOutcome } from '../../../scripts/test/tally.ts'

const report = { passed: 3, failed: 0, skips: [{ name: 'a', reason: 'b' }], notes: [] }

describe('testOutcome', () => {
  it('is the report of a run that went well', () => {
    expect(testOutcome(0, report)).toEqual(report)
  })
  it.each([
    ['wrote no report', 0, null],
    ['ended badly though no test failed', 1, report],
    ['found no test', 0, { ...report, passed: 0, skips: [] }],
  ])('counts one failure when the run %s', (_, exitCode, found) => {
    expect(testOutcome(exitCode, found).failed).toBe(1)
  })
  it('counts a failed test once, though the run ends badly with it', () => {
    expect(testOutcome(1, { ...report, failed: 2 }).failed).toBe(2)
  })
})

describe('summary', () => {
  it('adds tests and checks', () => {
    expect(summary([checkOutcome(0), checkOutcome(2), testOutcome(0, report)])).toBe('4 passed, 1 failed, 1 skipped')
  })
  it('of nothing is all zeros', () => {
    expect(summary([])).toBe('0 passed, 0 failed, 0 skipped')
  })
})
