import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { measureEventLoopLag } from '../../../../../../src/main/engine/process/child/event-loop-lag.ts'

describe('measureEventLoopLag', () => {
  it('sees a loop that was blocked, at least as long as it was', async () => {
    const measured = measureEventLoopLag()
    await sleep(50)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    await sleep(50)
    const { p50Ms, p99Ms, maxMs } = measured()
    expect(maxMs).toBeGreaterThan(90)
    expect(p50Ms).toBeLessThanOrEqual(p99Ms)
    expect(p99Ms).toBeLessThanOrEqual(maxMs)
  })

  it('is zero before the loop has turned', () => {
    expect(measureEventLoopLag()()).toEqual({ p50Ms: 0, p99Ms: 0, maxMs: 0 })
  })
})
