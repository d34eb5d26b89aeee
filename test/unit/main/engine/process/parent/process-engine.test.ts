import { fork } from 'node:child_process'
import { getEventListeners, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { defaultSuppression } from '../../../../../../src/shared/explanation/parameters.ts'
import type { Crash } from '../../../../../../src/main/engine/process/parent/process-engine.ts'
import {
  collect,
  explanation,
  failureFrom,
  generation,
  introduction,
  isAlive,
  never,
  scriptedProcess,
  until,
} from '../../../../../helpers/process/requests.ts'
import { folder, type Step } from '../../../../../helpers/process/scripted-engine.ts'

const hello: readonly Step[] = [
  { do: 'token', text: 'two ' },
  { do: 'block', ms: 3 },
  { do: 'token', text: 'cats' },
]
const sweep: readonly Step[] = Array.from({ length: 40 }, (_, pass): Step[] => [
  { do: 'block', ms: 5 },
  { do: 'token', text: `${pass} ` },
]).flat()

describe('an engine process at work', () => {
  it('answers as the engine in it does, from another process', async () => {
    await using engine = scriptedProcess()
    expect(engine.pid).toBeNull()
    expect(await engine.load(folder('scenes'))).toMatchObject({ info: { name: 'scenes' }, provider: 'cpu' })
    expect(await introduction(engine)).toEqual({ pid: engine.pid, model: 'scenes' })
    expect(engine.pid).not.toBe(process.pid)
    const events = await collect(engine.generate(generation(...hello), never()))
    expect(events.map(({ kind }) => kind)).toEqual(['token', 'token', 'completion'])
    expect(events.at(-1)).toMatchObject({ text: 'two cats' })
    const progress = await collect(engine.prepare({ name: 'p', bytes: new Uint8Array(2) }, defaultSuppression, never()))
    expect(progress).toEqual([
      { done: 1, total: 2 },
      { done: 2, total: 2 },
    ])
  })

  it('starts no process before the first read, nor for a stream that is left unread', async () => {
    await using engine = scriptedProcess()
    await engine.generate(generation(...hello), never()).return(undefined)
    expect(engine.pid).toBeNull()
  })

  it('does two jobs asked for at once one after the other, in the order asked', async () => {
    await using engine = scriptedProcess()
    const order: string[] = []
    const watch = async (name: string): Promise<void> => {
      for await (const _ of engine.generate(generation(...hello), never())) order.push(name)
    }
    await Promise.all([watch('a'), watch('b'), watch('c')])
    expect(order.join('')).toBe('aaabbbccc')
  })

  it('hands over typed arrays bit by bit: NaN payloads, -0, infinities, empty and offset views', async () => {
    await using engine = scriptedProcess()
    const bits = Uint32Array.of(0x7fc00000, 0x7fa00001, 0x80000000, 0x7f800000, 0xff800000, 1, 0x3f800000)
    const around = new Uint8Array(bits.byteLength + 3)
    around.set(new Uint8Array(bits.buffer), 3)
    for (const bytes of [around.subarray(3), Buffer.from(bits.buffer), new Uint8Array()]) {
      const events = await collect(engine.explain(explanation({ name: 'p', bytes }), never()))
      const coarse = events.find((event) => event.kind === 'coarse')
      expect(coarse?.map.values).toBeInstanceOf(Float32Array)
      expect([...bytesOf(coarse?.map.values)]).toEqual([...bytes])
    }
    const [event] = await collect(engine.generate(generation({ do: 'token', text: 'half \ud83d' }), never()))
    expect(event).toMatchObject({ token: { text: 'half \ud83d', logprob: -0 } })
  })

  it('hands over the passes of several parts in their order', async () => {
    await using engine = scriptedProcess()
    const { picture, prompt, suppression } = generation(...hello)
    const request = { picture, prompt, completion: [], suppression, targets: 'completion', parts: [[2, 5], [7]] } as const
    const passes = await engine.jointPasses(request, never())
    expect(passes.map(({ members, relevance }) => [members, [...relevance]])).toEqual([
      [
        [2, 5],
        [2, 5],
      ],
      [[7], [7]],
    ])
    expect(passes[0]?.candidates).toEqual(Float32Array.of(Number.NaN))
  })

  it('lets failures through as values and bugs as errors, and goes on', async () => {
    await using engine = scriptedProcess()
    expect(await failureFrom(collect(engine.generate(generation({ do: 'fail' }), never())))).toEqual({
      code: 'layer-out-of-range',
      data: { layer: 9, layers: 4 },
    })
    const bug = collect(engine.generate(generation({ do: 'throw' }), never()))
    await expect(bug).rejects.toThrow('a bug in the engine')
    await expect(bug).rejects.toHaveProperty('stack', expect.stringContaining('scripted-engine.ts'))
    await expect(collect(engine.generate(generation({ do: 'send-a-function' }), never()))).rejects.toThrow('could not be cloned')
    const uncloneable = { ...generation(...hello), prompt: (() => {}) as unknown as string }
    await expect(collect(engine.generate(uncloneable, never()))).rejects.toThrow('could not be cloned')
    const { pid } = engine
    expect((await introduction(engine)).pid).toBe(pid)
  })

  it('is the first to go when a Linux machine runs out of memory', async () => {
    await using engine = scriptedProcess()
    await introduction(engine)
    const score = (pid: number | string): number => Number(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8'))
    if (process.platform === 'linux') expect(score(engine.pid ?? '')).toBe(500)
  })

  it('tells its memory, and nothing while no process runs', async () => {
    await using engine = scriptedProcess()
    expect(await engine.vitals()).toBeNull()
    await introduction(engine)
    const vitals = await engine.vitals()
    expect(vitals?.residentMiB).toBeGreaterThan(1)
    expect(vitals?.peakMiB).toBeGreaterThan(1)
  })
})

describe('cancelling', () => {
  it('ends the job between two passes and keeps the process', async () => {
    await using engine = scriptedProcess()
    const { pid } = await introduction(engine)
    expect(await failureFrom(collectUntilFirst(engine, [...sweep, { do: 'await-for-ever' }]))).toEqual({
      code: 'cancelled',
      data: {},
    })
    expect(engine.pid).toBe(pid)
  })

  it('is heard at the next event by an engine that never lets the event loop turn', async () => {
    await using engine = scriptedProcess({ cancelMs: 5000 })
    const { pid } = await introduction(engine)
    const computing = Array.from({ length: 2000 }, (): Step[] => [
      { do: 'compute', ms: 5 },
      { do: 'token', text: 'x' },
    ]).flat()
    expect((await failureFrom(collectUntilFirst(engine, computing))).code).toBe('cancelled')
    expect(engine.pid).toBe(pid)
  })

  it('at 20 random moments leaves the next result unchanged', { timeout: 120_000 }, async () => {
    await using engine = scriptedProcess()
    await engine.load(folder('scenes'))
    const expected = await collect(engine.generate(generation(...sweep), never()))
    for (let round = 0; round < 20; round += 1) {
      const controller = new AbortController()
      const work = collect(engine.generate(generation(...sweep), controller.signal))
      const ended = work.then(
        () => 'done',
        () => failureFrom(work).then(({ code }) => code),
      )
      await sleep(Math.random() * 250)
      controller.abort()
      expect(await ended).toBeOneOf(['done', 'cancelled'])
      expect(await collect(engine.generate(generation(...sweep), never()))).toEqual(expected)
    }
  })

  it.each([{ do: 'await-for-ever' }, { do: 'block-for-ever' }] as const)(
    'kills a process that does not listen ($do), and the next request gets another with the same model',
    async (hang) => {
      await using engine = scriptedProcess({ cancelMs: 100 })
      await engine.load(folder('scenes'))
      const before = await introduction(engine)
      const crashes: Crash[] = []
      engine.onCrash((crash) => crashes.push(crash))
      for (let round = 0; round < 3; round += 1) {
        expect(await failureFrom(collectUntilFirst(engine, [{ do: 'token', text: 'x' }, hang]))).toEqual({
          code: 'cancelled',
          data: {},
        })
      }
      const after = await introduction(engine)
      expect(after.model).toBe('scenes')
      expect(after.pid).not.toBe(before.pid)
      expect(isAlive(before.pid)).toBe(false)
      expect(crashes).toEqual([])
    },
  )

  it('takes a waiting job out of the queue at once, without a word to the engine', async () => {
    await using engine = scriptedProcess()
    const controller = new AbortController()
    const first = engine.generate(generation({ do: 'await-for-ever' }), controller.signal)
    const firstEnd = failureFrom(first.next())
    const second = new AbortController()
    const secondEnd = failureFrom(collect(engine.generate(generation({ do: 'abort' }), second.signal)))
    second.abort()
    expect((await secondEnd).code).toBe('cancelled')
    controller.abort()
    expect((await firstEnd).code).toBe('cancelled')
  })

  it('before the first read starts nothing', async () => {
    await using engine = scriptedProcess()
    expect((await failureFrom(collect(engine.generate(generation(...hello), AbortSignal.abort())))).code).toBe('cancelled')
    expect(engine.pid).toBeNull()
  })

  it('happens when the reader leaves, even while a read is waiting', async () => {
    await using engine = scriptedProcess({ cancelMs: 100 })
    for await (const _ of engine.generate(generation(...sweep, { do: 'await-for-ever' }), never())) break
    const { pid } = await introduction(engine)
    const stream = engine.generate(generation({ do: 'token', text: 'x' }, { do: 'await-for-ever' }), never())
    await stream.next()
    const read = stream.next()
    await stream.return(undefined)
    expect(await read).toEqual({ done: true, value: undefined })
    expect(engine.pid).toBeNull()
    expect((await introduction(engine)).pid).not.toBe(pid)
  })
})

describe('losing the process', () => {
  it.each([
    { last: { do: 'signal', signal: 'SIGKILL' }, reason: 'killed by SIGKILL' },
    { last: { do: 'signal', signal: 'SIGSEGV' }, reason: 'killed by SIGSEGV' },
    { last: { do: 'abort' }, reason: 'killed by SIGABRT' },
    { last: { do: 'exit', code: 0 }, reason: 'exit code 0' },
    { last: { do: 'exit', code: 3 }, reason: 'exit code 3' },
  ] as const)('by $reason fails the job in hand; the next request works with the same model', async ({ last, reason }) => {
    await using engine = scriptedProcess()
    const crashes: Crash[] = []
    engine.onCrash((crash) => crashes.push(crash))
    await engine.load(folder('scenes'))
    const before = await introduction(engine)
    const lost = collect(engine.generate(generation(...hello, last), never()))
    const waiting = introduction(engine)
    expect(await failureFrom(lost)).toEqual({ code: 'engine-crashed', data: { reason } })
    const after = await waiting
    expect(after.model).toBe('scenes')
    expect(after.pid).not.toBe(before.pid)
    expect(crashes).toHaveLength(1)
    expect(crashes[0]?.model).toBe(folder('scenes'))
  })

  it('between two jobs is noticed by nobody but the log', async () => {
    await using engine = scriptedProcess()
    await engine.load(folder('scenes'))
    const crashed = new Promise<Crash>((resolve) => void engine.onCrash(resolve))
    process.kill(engine.pid ?? 0, 'SIGKILL')
    expect(await crashed).toMatchObject({ signal: 'SIGKILL' })
    expect(engine.pid).toBeNull()
    expect((await introduction(engine)).model).toBe('scenes')
  })

  it('keeps its last output for the log, and recognises that of a full memory', async () => {
    await using engine = scriptedProcess()
    const crashes: Crash[] = []
    engine.onCrash((crash) => crashes.push(crash))
    const speaking = (text: string): Promise<unknown> =>
      collect(
        engine.generate(generation({ do: 'complain', text: `${'x'.repeat(9000)}${text}\n` }, { do: 'exit', code: 4 }), never()),
      )
    expect((await failureFrom(speaking('the arena is torn'))).code).toBe('engine-crashed')
    expect(crashes[0]?.lastOutput).toMatch(/the arena is torn$/)
    expect(crashes[0]?.lastOutput.length).toBeLessThanOrEqual(4096)
    expect((await failureFrom(speaking("terminate called after throwing an instance of 'std::bad_alloc'"))).code).toBe(
      'out-of-memory',
    )
  })

  it.each([{ do: 'await-for-ever' }, { do: 'block-for-ever' }] as const)(
    'to silence ($do) fails the job as stuck; the next request works with the same model',
    async (hang) => {
      await using engine = scriptedProcess({ silenceMs: 1500 })
      await engine.load(folder('scenes'))
      const { pid } = await introduction(engine)
      expect(await failureFrom(collect(engine.generate(generation(...hello, hang), never())))).toEqual({
        code: 'engine-stuck',
        data: {},
      })
      expect(await introduction(engine)).toEqual({ pid: engine.pid, model: 'scenes' })
      expect(engine.pid).not.toBe(pid)
    },
  )
})

describe('the crash budget', () => {
  const crash = generation({ do: 'signal', signal: 'SIGKILL' })

  it('puts a model in quarantine after two crashes in a row, until another is loaded', async () => {
    await using engine = scriptedProcess()
    const crashes: Crash[] = []
    engine.onCrash((each) => crashes.push(each))
    await engine.load(folder('bad'))
    const codes: string[] = []
    for (let round = 0; round < 4; round += 1) codes.push((await failureFrom(collect(engine.generate(crash, never())))).code)
    expect(codes).toEqual(['engine-crashed', 'engine-crashed', 'model-quarantined', 'model-quarantined'])
    expect(await failureFrom(engine.load(folder('bad')))).toMatchObject({ code: 'model-quarantined' })
    expect(crashes).toHaveLength(2)
    expect(engine.pid).toBeNull()
    await engine.load(folder('good'))
    expect((await introduction(engine)).model).toBe('good')
    await engine.load(folder('bad'))
    expect((await introduction(engine)).model).toBe('bad')
  })

  it('starts afresh with every finished job, not with a failed one or a mere load', async () => {
    await using engine = scriptedProcess()
    await engine.load(folder('model'))
    for (let round = 0; round < 3; round += 1) {
      expect((await failureFrom(collect(engine.generate(crash, never())))).code).toBe('engine-crashed')
      await introduction(engine)
    }
    await failureFrom(collect(engine.generate(crash, never())))
    await failureFrom(collect(engine.generate(generation({ do: 'fail' }), never())))
    await engine.load(folder('model'))
    expect((await failureFrom(collect(engine.generate(crash, never())))).code).toBe('engine-crashed')
    expect((await failureFrom(introduction(engine))).code).toBe('model-quarantined')
  })

  it('counts a process lost to silence, too', async () => {
    await using engine = scriptedProcess({ silenceMs: 100 })
    await engine.load(folder('model'))
    const codes: string[] = []
    for (let round = 0; round < 3; round += 1) {
      codes.push((await failureFrom(collect(engine.generate(generation({ do: 'block-for-ever' }), never())))).code)
    }
    expect(codes).toEqual(['engine-stuck', 'engine-stuck', 'model-quarantined'])
  })

  it('holds for a model that crashes while it is loaded, and leaves the one before it in use', async () => {
    await using engine = scriptedProcess()
    await engine.load(folder('good'))
    const bad = folder('bad', { do: 'signal', signal: 'SIGSEGV' })
    expect((await failureFrom(engine.load(bad))).code).toBe('engine-crashed')
    expect((await failureFrom(engine.load(bad))).code).toBe('engine-crashed')
    expect((await failureFrom(engine.load(bad))).code).toBe('model-quarantined')
    expect((await introduction(engine)).model).toBe('good')
  })
})

describe('the end', () => {
  it('cancels what is in hand and waiting, ends the process and takes no more requests', async () => {
    const engine = scriptedProcess({ cancelMs: 100 })
    const { pid } = await introduction(engine)
    const running = failureFrom(collect(engine.generate(generation({ do: 'await-for-ever' }), never())))
    const waiting = failureFrom(introduction(engine))
    await engine.close()
    expect([(await running).code, (await waiting).code]).toEqual(['cancelled', 'cancelled'])
    expect(isAlive(pid)).toBe(false)
    expect(engine.pid).toBeNull()
    await expect(introduction(engine)).rejects.toThrow('the engine is closed')
    await engine.close()
  })

  it('comes by itself when the host is killed', async () => {
    const host = fork(fileURLToPath(new URL('../../../../../helpers/process/doomed-host.ts', import.meta.url)), [], {
      execArgv: [],
    })
    const [pid] = (await once(host, 'message')) as [number]
    host.kill('SIGKILL')
    await until(() => !isAlive(pid))
  })

  it('leaves no listener behind after 200 jobs, cancelled or done', { timeout: 120_000 }, async () => {
    await using engine = scriptedProcess()
    await introduction(engine)
    const controller = new AbortController()
    const before = process.getActiveResourcesInfo().length
    for (let round = 0; round < 100; round += 1) {
      await collect(engine.generate(generation({ do: 'token', text: 'x' }), controller.signal))
      for await (const _ of engine.generate(generation({ do: 'token', text: 'x' }, { do: 'sleep', ms: 1 }), controller.signal))
        break
    }
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    await until(() => process.getActiveResourcesInfo().length <= before)
  })
})

function bytesOf(values: Float32Array | undefined): Uint8Array {
  return new Uint8Array(values?.buffer ?? new ArrayBuffer(), values?.byteOffset, values?.byteLength)
}

/** Reads one event, cancels, and reads on. */
async function collectUntilFirst(engine: ReturnType<typeof scriptedProcess>, steps: readonly Step[]): Promise<void> {
  const controller = new AbortController()
  for await (const _ of engine.generate(generation(...steps), controller.signal)) controller.abort()
}
