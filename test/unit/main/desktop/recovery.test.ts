import { describe, expect, it } from 'vitest'
import { recoveryPlan } from '../../../../src/main/desktop/recovery.ts'

describe('recoveryPlan', () => {
  it('loads a page again, but not when it is lost twice within a minute', () => {
    let now = 0
    const plan = recoveryPlan(() => now)
    expect(plan()).toBe('reload')
    now += 59_999
    expect(plan()).toBe('stopped')
    now += 60_000
    expect(plan()).toBe('reload')
    now += 1
    expect(plan()).toBe('stopped')
  })
})
