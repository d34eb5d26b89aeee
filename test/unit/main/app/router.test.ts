import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { HandlerContext, Handlers, NativeHandlers } from '../../../../src/main/app/handlers.ts'
import type { Router } from '../../../../src/main/app/router.ts'
import { createRouter } from '../../../../src/main/app/router.ts'
import { fail } from '../../../../src/shared/contract/failure.ts'
import type { Method } from '../../../../src/shared/contract/method.ts'
import { methods } from '../../../../src/shared/contract/methods.ts'
import { allOf } from '../../../helpers/all-of.ts'

const context: HandlerContext = { signal: new AbortController().signal, client: { id: 'test', host: 'browser' } }
const table: Readonly<Record<string, Method>> = methods
const names = Object.keys(methods)

interface Setting {
  readonly native?: boolean
  readonly checkAnswers?: boolean
  readonly handler?: (name: string, request: unknown) => unknown
}

/** A router whose handlers all do the same, with what it reported and which handlers were called. */
function routerOf({ native = false, checkAnswers = false, handler = () => undefined }: Setting = {}) {
  const called: string[] = []
  const reported: unknown[] = []
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      table[name]?.kind === 'call' ? async (request: unknown) => answering(name, request) : streaming(name),
    ]),
  )
  const answering = (name: string, request: unknown): unknown => {
    called.push(name)
    return handler(name, request)
  }
  function streaming(name: string) {
    return async function* (request: unknown) {
      const events = answering(name, request)
      if (Array.isArray(events)) yield* events
      await Promise.resolve()
    }
  }
  const isNative = (name: string): boolean => table[name]?.kind === 'call' && table[name].native
  const pick = (wanted: boolean) => Object.fromEntries(Object.entries(handlers).filter(([name]) => isNative(name) === wanted))
  const router = createRouter({
    handlers: pick(false) as unknown as Handlers,
    native: native ? (pick(true) as unknown as NativeHandlers) : null,
    checkAnswers,
    report: (error) => reported.push(error),
  })
  return { router, called, reported }
}

/** How a question ends: `value`, `end`, or the code of the refusal. */
async function ending(router: Router, name: string, request: unknown): Promise<string> {
  if (router.kindOf(name) !== 'stream') {
    const answer = await router.call(name, request, context)
    return answer.kind === 'value' ? 'value' : answer.refusal.code
  }
  for await (const message of router.stream(name, request, context)) {
    if (message.kind === 'refusal') return message.refusal.code
    if (message.kind === 'end') return 'end'
  }
  return 'nothing'
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withTypedArray: true,
  withSparseArray: true,
})
const cyclic = fc.object().map((value) => Object.assign(value, { self: value }))
const polluting = fc
  .json()
  .map((text) => JSON.parse(`{"__proto__":${text},"constructor":{"prototype":{"polluted":1}}}`) as unknown)
const hostile: unknown[] = [
  new Proxy({}, { ownKeys: () => fail('cancelled', {}), get: () => fail('cancelled', {}) }),
  {
    get id() {
      throw new Error('/etc/passwd')
    },
  },
  { prompt: 'x'.repeat(10_000_000) },
  { toString: null, valueOf: null },
]

describe('the router', () => {
  it.prop([fc.constantFrom(...names), fc.oneof(anything, cyclic, polluting, fc.constantFrom(...hostile))], { numRuns: 2000 })(
    'answers any request to any method, and lets no handler see one that the contract refuses',
    async (name, request) => {
      const { router, called, reported } = routerOf({ native: true })
      const end = await ending(router, name, request)
      expect(end === 'request-invalid' ? called : 'called').toEqual(end === 'request-invalid' ? [] : 'called')
      expect(['value', 'end', 'request-invalid']).toContain(end)
      expect(reported).toEqual([])
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    },
  )

  it.prop([fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'))])(
    'knows no name but those of the contract',
    async (name) => {
      fc.pre(!names.includes(name))
      const { router } = routerOf({ native: true })
      expect(router.kindOf(name)).toBeNull()
      expect(await router.call(name, {}, context)).toMatchObject({ kind: 'refusal', refusal: { code: 'method-unknown' } })
      expect((await router.stream(name, {}, context).next()).value).toMatchObject({ refusal: { code: 'method-unknown' } })
    },
  )

  it('answers native methods only where there are handlers for them', async () => {
    const [desktop, browser] = [routerOf({ native: true }).router, routerOf().router]
    expect([desktop.kindOf('picture.choose'), browser.kindOf('picture.choose')]).toEqual(['call', null])
    expect(await ending(desktop, 'picture.choose', {})).toBe('value')
    expect(await ending(browser, 'picture.choose', {})).toBe('method-native')
  })

  it('does not mix up calls and streams', async () => {
    const { router, called } = routerOf()
    expect(await router.call('explain.start', {}, context)).toMatchObject({ refusal: { code: 'method-unknown' } })
    expect((await router.stream('app.state', {}, context).next()).value).toMatchObject({ refusal: { code: 'method-unknown' } })
    expect(called).toEqual([])
  })

  it.each([
    ['an unknown field', 'app.state', { path: '/etc/passwd' }],
    ['an unknown field within', 'history.list', { search: '', offset: 0, limit: 1, more: 1 }],
    ['a path for a picture', 'picture.display', { sha256: '../../etc/passwd' }],
    ['an address for a picture', 'picture.display', { sha256: 'file:///etc/passwd' }],
    ['a share for an entry', 'history.open', { id: '\\\\server\\share' }],
    ['an endless list', 'history.delete', { ids: Array(1001).fill('00000000-0000-4000-8000-000000000000') }],
    ['NaN', 'settings.set', { opacity: NaN }],
    ['an array instead of bytes', 'picture.add', { name: 'a', bytes: [1, 2] }],
    ['nothing', 'app.state', undefined],
  ])('refuses %s', async (_, name, request) => {
    const { router, called } = routerOf()
    expect(await ending(router, name, request)).toBe('request-invalid')
    expect(called).toEqual([])
  })

  it('says in the refusal what does not fit, in few words', async () => {
    const { router } = routerOf()
    const answer = await router.call('history.list', { search: '', offset: -1, limit: 1 }, context)
    expect(answer).toMatchObject({ refusal: { message: expect.stringContaining('offset') as string } })
    const long = await router.call('app.state', { ['x'.repeat(100_000)]: 1 }, context)
    expect(long.kind === 'refusal' && long.refusal.message.length).toBeLessThan(400)
  })

  it('passes an expected failure on in its own words, and reports none', async () => {
    const { router, reported } = routerOf({ handler: () => fail('model-missing', { name: 'x' }) })
    expect(await router.call('app.state', {}, context)).toEqual({
      kind: 'refusal',
      refusal: { code: 'model-missing', message: 'There is no model "x".' },
    })
    expect(reported).toEqual([])
  })

  it('reports a bug and tells the client nothing of it', async () => {
    const bug = new Error('ENOENT: /home/somebody/secret')
    const { router, reported } = routerOf({
      handler: () => {
        throw bug
      },
    })
    const answer = await router.call('app.state', {}, context)
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'internal' } })
    expect(JSON.stringify(answer)).not.toContain('/home')
    expect(reported).toEqual([bug])
  })

  it('holds answers and events against the contract when told to', async () => {
    const samples = [{ name: 'cats', note: '' }]
    const right = routerOf({ checkAnswers: true, handler: () => samples })
    expect(await right.router.call('samples.list', {}, context)).toEqual({ kind: 'value', value: samples })
    const wrong = routerOf({ checkAnswers: true, handler: () => [{ name: 'cats', path: '/x' }] })
    expect(await ending(wrong.router, 'samples.list', {})).toBe('internal')
    expect(await ending(wrong.router, 'picture.prepare', prepare)).toBe('internal')
    expect(wrong.reported.length).toBe(2)
  })

  it('tells the events of a stream, then its end', async () => {
    const { router } = routerOf({ handler: () => [{ kind: 'queued', ahead: 1 }] })
    const told = await allOf(router.stream('picture.prepare', prepare, context))
    expect(told).toEqual([{ kind: 'event', event: { kind: 'queued', ahead: 1 } }, { kind: 'end' }])
  })
})

const prepare = {
  sha256: 'a'.repeat(64),
  suppression: { strength: 0.9, threshold: 0.7, variant: 'shifted', layers: null },
}
