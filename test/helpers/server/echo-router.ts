import { setImmediate } from 'node:timers/promises'
import type { Answer, StreamMessage } from '../../../src/shared/contract/answer.ts'
import type { HandlerContext } from '../../../src/main/app/handlers.ts'
import type { Router } from '../../../src/main/app/router.ts'

/** A router that answers with what it was asked, and remembers who asked. `explain.start` tells its request and then waits to be cancelled. */
export interface EchoRouter extends Router {
  readonly calls: { readonly name: string; readonly request: unknown; readonly context: HandlerContext }[]
  /** Streams whose handler is at work. */
  readonly open: Set<HandlerContext>
}

/** Makes an {@link EchoRouter}. */
export function echoRouter(): EchoRouter {
  const calls: EchoRouter['calls'] = []
  const open: EchoRouter['open'] = new Set()

  async function* stream(
    name: string,
    request: unknown,
    context: HandlerContext,
  ): AsyncGenerator<StreamMessage, void, undefined> {
    calls.push({ name, request, context })
    open.add(context)
    try {
      if (name === 'generate.start') {
        yield { kind: 'refusal', refusal: { code: 'prompt-empty', message: 'The prompt is empty.' } }
        return
      }
      yield { kind: 'event', event: request }
      if (name === 'explain.start') await cancelled(context.signal)
      // An endless stream of large events.
      while (name === 'picture.prepare' && !context.signal.aborted) {
        yield { kind: 'event', event: new Float32Array(1 << 18) }
        await setImmediate()
      }
      yield { kind: 'end' }
    } finally {
      open.delete(context)
    }
  }

  return {
    calls,
    open,
    kindOf: (name) => {
      if (['explain.start', 'generate.start', 'picture.prepare', 'echo.stream'].includes(name)) return 'stream'
      return ['picture.choose', 'nothing.such'].includes(name) ? null : 'call'
    },
    call: async (name, request, context): Promise<Answer> => {
      calls.push({ name, request, context })
      if (name === 'picture.choose') return { kind: 'refusal', refusal: { code: 'method-native', message: 'Only the desktop.' } }
      if (name === 'nothing.such') return { kind: 'refusal', refusal: { code: 'method-unknown', message: 'No such.' } }
      if (name === 'history.delete') await cancelled(context.signal)
      return { kind: 'value', value: request }
    },
    stream,
  }
}

async function cancelled(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
