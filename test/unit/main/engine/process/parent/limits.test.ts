import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchSilence } from '../../../../../../src/main/engine/process/parent/limits.ts'

describe('watchSilence', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('calls once when nothing was heard for the limit', () => {
    const onSilence = vi.fn<() => void>()
    watchSilence(1000, onSilence)
    vi.advanceTimersByTime(999)
    expect(onSilence).not.toHaveBeenCalled()
    vi.advanceTimersByTime(10_000)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })

  it('waits for as long as something is heard within the limit', () => {
    const onSilence = vi.fn<() => void>()
    const watch = watchSilence(1000, onSilence)
    for (let times = 0; times < 50; times += 1) {
      vi.advanceTimersByTime(900)
      watch.reset()
    }
    expect(onSilence).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1000)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })

  it('says nothing once stopped', () => {
    const onSilence = vi.fn<() => void>()
    watchSilence(1000, onSilence).stop()
    vi.advanceTimersByTime(10_000)
    expect(onSilence).not.toHaveBeenCalled()
  })
})
