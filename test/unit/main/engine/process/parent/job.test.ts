import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { Job } from '../../../../../../src/main/engine/process/parent/job.ts'
import type { JobEvent } from '../../../../../../src/main/engine/process/child/protocol.ts'
import { collect, failureFrom } from '../../../../../helpers/process/requests.ts'

const progress = (done: number): JobEvent => ({ done, total: 3 })

describe('Job', () => {
  it('is submitted once, at the first read', () => {
    const { job, submitted } = newJob(null)
    expect(submitted).toEqual([])
    void job.stream.next()
    void job.stream.next()
    expect(submitted).toEqual([job])
  })

  it('hands over what was told before it finished, even when the signal is aborted after that', async () => {
    const controller = new AbortController()
    const { job } = newJob(controller.signal)
    const first = job.stream.next()
    for (const done of [1, 2, 3]) job.publish(progress(done))
    job.finish()
    controller.abort()
    expect((await first).value).toEqual(progress(1))
    expect(await collect(job.stream)).toEqual([progress(2), progress(3)])
  })

  it('ends as cancelled and drops unread events once the signal is aborted, but not before the work is over', async () => {
    const controller = new AbortController()
    const { job } = newJob(controller.signal)
    const first = job.stream.next()
    for (const done of [1, 2]) job.publish(progress(done))
    await first
    controller.abort()
    job.publish(progress(3))
    let ended = false
    const next = job.stream.next()
    void next.catch(() => (ended = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toBe(false)
    job.finish()
    expect((await failureFrom(next)).code).toBe('cancelled')
  })

  it('ends as cancelled whatever went wrong after that, and keeps what it was as the cause', async () => {
    const controller = new AbortController()
    const { job } = newJob(controller.signal)
    const read = job.stream.next()
    controller.abort()
    job.abandon(new Error('torn'))
    await expect(read).rejects.toMatchObject({ failure: { code: 'cancelled' }, cause: { message: 'torn' } })
  })

  it('lets go of the signal when it is over', async () => {
    const controller = new AbortController()
    const { job } = newJob(controller.signal)
    void job.stream.next()
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    job.finish()
    await job.settled
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })
})

function newJob(signal: AbortSignal | null): { job: Job; submitted: Job[] } {
  const submitted: Job[] = []
  const job = new Job({ kind: 'load', folder: '/models/none' }, signal, (started) => void submitted.push(started))
  return { job, submitted }
}
