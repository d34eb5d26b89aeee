import { describe, expect, it } from 'vitest'
import { Attempts } from '../../../../../src/main/server/access/attempts.ts'

describe('Attempts', () => {
  it('allows the most wrong tokens within a minute, and refuses the next', () => {
    const attempts = new Attempts(2, () => 0)
    expect([attempts.wrong(), attempts.wrong(), attempts.wrong()]).toEqual([false, false, true])
  })

  it('forgets a wrong token after exactly a minute', () => {
    let now = 0
    const attempts = new Attempts(1, () => now)
    attempts.wrong()
    now = 59_999
    expect(attempts.wrong()).toBe(true)
    now = 119_999
    expect(attempts.wrong()).toBe(false)
  })
})
