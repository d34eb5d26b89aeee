import { fc, test } from '@fast-check/vitest'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { EngineQueue } from '../../../../src/main/engine/engine-queue.ts'
import { failureOf, throwIfCancelled } from '../../../../src/shared/contract/failure.ts'

const never = (): AbortSignal => new AbortController().signal

/** Work that goes on when it is told to. */
function work(name: string, log: string[]) {
  const gate = Promise.withResolvers<void>()
  return {
    finish: () => gate.resolve(),
    run: async function* (signal?: AbortSignal) {
      log.push(`${name} begins`)
      const aborted = Promise.withResolvers<void>()
      signal?.addEventListener('abort', () => aborted.resolve())
      await Promise.race([gate.promise, aborted.promise])
      if (signal !== undefined) throwIfCancelled(signal)
      log.push(`${name} ends`)
      yield { kind: 'result', name } as const
    },
  }
}

async function drain(events: AsyncIterable<{ kind: string; ahead?: number }>): Promise<string[]> {
  const all: string[] = []
  try {
    for await (const event of events) all.push(event.kind === 'queued' ? `queued ${event.ahead}` : event.kind)
  } catch (error) {
    all.push(failureOf(error)?.code ?? String(error))
  }
  return all
}

async function settle(): Promise<void> {
  for (let count = 0; count < 10; count++) await turn()
}

describe('queue', () => {
  it('go one by one in the order they were asked for, each told how many come first', async () => {
    const queue = new EngineQueue()
    const log: string[] = []
    const [a, b, c] = ['a', 'b', 'c'].map((name) => work(name, log))
    const all = [a, b, c].map((job) => drain(queue.ask(never(), () => job?.run() ?? empty())))
    await settle()
    expect(log).toEqual(['a begins'])
    for (const job of [a, b, c]) {
      job?.finish()
      await settle()
    }
    expect(await Promise.all(all)).toEqual([['result'], ['queued 1', 'result'], ['queued 2', 'queued 1', 'result']])
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    expect(queue.idle).toBe(true)
  })

  it('interrupt background work for whoever asks, and resume it afterwards', async () => {
    const queue = new EngineQueue()
    const log: string[] = []
    const background = work('background', log)
    const asked = work('asked', log)
    const first = drain(queue.background(never(), (signal) => background.run(signal)))
    await settle()
    const second = drain(queue.ask(never(), () => asked.run()))
    await settle()
    expect(log).toEqual(['background begins', 'asked begins'])
    asked.finish()
    await settle()
    expect(log).toEqual(['background begins', 'asked begins', 'asked ends', 'background begins'])
    background.finish()
    expect(await second).toEqual(['result'])
    expect(await first).toEqual(['queued 1', 'result'])
  })

  it('let asked work pass background work that waits', async () => {
    const queue = new EngineQueue()
    const log: string[] = []
    const [a, b, background] = ['a', 'b', 'background'].map((name) => work(name, log))
    void drain(queue.ask(never(), () => a?.run() ?? empty()))
    void drain(queue.background(never(), (signal) => background?.run(signal) ?? empty()))
    void drain(queue.ask(never(), () => b?.run() ?? empty()))
    for (const job of [a, b, background]) {
      await settle()
      job?.finish()
    }
    await settle()
    expect(log.filter((line) => line.endsWith('begins'))).toEqual(['a begins', 'b begins', 'background begins'])
  })

  it('are given up by who is cancelled while waiting, without having begun', async () => {
    const queue = new EngineQueue()
    const log: string[] = []
    const a = work('a', log)
    const b = work('b', log)
    const controller = new AbortController()
    const first = drain(queue.ask(never(), () => a.run()))
    const second = drain(queue.ask(controller.signal, () => b.run()))
    await settle()
    controller.abort()
    expect(await second).toEqual(['queued 1', 'cancelled'])
    a.finish()
    expect(await first).toEqual(['result'])
    expect(log).toEqual(['a begins', 'a ends'])
    expect(queue.idle).toBe(true)
  })

  it('end background work that is cancelled instead of resuming it', async () => {
    const queue = new EngineQueue()
    const controller = new AbortController()
    const job = work('background', [])
    const events = drain(queue.background(controller.signal, (signal) => job.run(signal)))
    await settle()
    controller.abort()
    expect(await events).toEqual(['cancelled'])
    expect(queue.idle).toBe(true)
  })

  it('pass on after work that breaks, and after a reader who leaves', async () => {
    const queue = new EngineQueue()
    await expect(
      queue.once(never(), async () => {
        throw new Error('a bug')
      }),
    ).rejects.toThrow('a bug')
    const left = queue.ask(never(), async function* () {
      for (;;) yield { kind: 'result' } as const
    })
    await left.next()
    await left.return()
    expect(await queue.once(never(), async () => 'answer')).toBe('answer')
    expect(queue.idle).toBe(true)
  })

  test.prop([fc.array(fc.constantFrom('ask', 'background', 'once', 'cancel'), { maxLength: 12 })])(
    'never let two work at once, and always come to an end',
    async (kinds) => {
      const queue = new EngineQueue()
      let busy = 0
      let most = 0
      const step = async (): Promise<void> => {
        most = Math.max(most, ++busy)
        await turn()
        busy--
      }
      const jobs = kinds.map(async (kind) => {
        const controller = new AbortController()
        const run = async function* (signal: AbortSignal = controller.signal) {
          await step()
          throwIfCancelled(signal)
          yield { kind: 'result' } as const
        }
        if (kind === 'cancel') setImmediate(() => controller.abort())
        if (kind === 'once') return queue.once(controller.signal, step)
        return drain(kind === 'background' ? queue.background(controller.signal, run) : queue.ask(controller.signal, () => run()))
      })
      await Promise.all(jobs)
      expect(most).toBeLessThanOrEqual(1)
      expect(queue.idle).toBe(true)
    },
  )
})

async function* empty(): AsyncGenerator<{ kind: 'result' }> {
  yield* []
}
