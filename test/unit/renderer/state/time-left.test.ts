import { describe, expect, it } from 'vitest'
import { secondsLeft, shortDuration } from '../../../../src/renderer/state/time-left.ts'

describe('secondsLeft', () => {
  const job = { done: 40, total: 160, startedAt: 1000, startedWith: 0, now: 3000 }

  it('goes on at the pace so far', () => {
    expect(secondsLeft(job)).toBe(6)
    expect(secondsLeft({ ...job, startedWith: 20 })).toBe(12)
    expect(secondsLeft({ ...job, done: 160 })).toBe(0)
  })

  it('knows nothing before there is a pace', () => {
    expect(secondsLeft({ ...job, done: 0 })).toBeNull()
    expect(secondsLeft({ ...job, startedWith: 40 })).toBeNull()
    expect(secondsLeft({ ...job, startedWith: 41 })).toBeNull()
    expect(secondsLeft({ ...job, now: 1000 })).toBeNull()
    expect(secondsLeft({ ...job, now: 999 })).toBeNull()
    expect(secondsLeft({ ...job, startedWith: 39, now: 1001 })).toBe(0.12)
  })
})

describe('shortDuration', () => {
  it('rounds to what can be seen', () => {
    expect([0.04, 0.42, 9.94, 9.96, 42.4, 180].map(shortDuration)).toEqual(['0.0 s', '0.4 s', '9.9 s', '10 s', '42 s', '3 min'])
  })
  it('changes its unit where the next digit would be rounded away', () => {
    expect([9.95, 99.4, 99.5, 149, 151].map(shortDuration)).toEqual(['10 s', '99 s', '2 min', '2 min', '3 min'])
  })
})
