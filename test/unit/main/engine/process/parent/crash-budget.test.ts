import { describe, expect, it } from 'vitest'
import { CrashBudget } from '../../../../../../src/main/engine/process/parent/crash-budget.ts'

describe('CrashBudget', () => {
  it('refuses a model after two crashes in a row, and no other', () => {
    const budget = new CrashBudget()
    budget.crashed('a')
    budget.crashed('b')
    expect([budget.refuses('a'), budget.refuses('b')]).toEqual([false, false])
    budget.crashed('a')
    expect([budget.refuses('a'), budget.refuses('b')]).toEqual([true, false])
  })

  it('forgets a crash once a job was finished', () => {
    const budget = new CrashBudget()
    budget.crashed('a')
    budget.finished('a')
    budget.crashed('a')
    expect(budget.refuses('a')).toBe(false)
  })

  it('releases a model when another is loaded, not when it is loaded itself', () => {
    const budget = new CrashBudget()
    budget.crashed('a')
    budget.loaded('a')
    budget.crashed('a')
    expect(budget.refuses('a')).toBe(true)
    budget.loaded('b')
    expect(budget.refuses('a')).toBe(false)
  })
})
