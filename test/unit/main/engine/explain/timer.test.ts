import { afterEach, expect, it, vi } from 'vitest'
import { startTimer } from '../../../../../src/main/engine/explain/timer.ts'

afterEach(() => void vi.restoreAllMocks())

it('gives each stage the time since the last one ended, and adds up a stage that comes twice', () => {
  const clock = vi.spyOn(performance, 'now')
  clock.mockReturnValue(100)
  const timer = startTimer('read', 'run', 'never')
  for (const [now, stage] of [
    [130, 'read'],
    [200, 'run'],
    [205, 'read'],
  ] as const) {
    clock.mockReturnValue(now)
    timer.lap(stage)
  }
  expect(timer.stages).toEqual({ read: 35, run: 70, never: 0 })
})
