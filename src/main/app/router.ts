import type { z } from 'zod'
import { fail, failureOf, sentence } from '../../shared/contract/failure.ts'
import type { Answer, Refusal, StreamMessage } from '../../shared/contract/answer.ts'
import type { Method } from '../../shared/contract/method.ts'
import { methods } from '../../shared/contract/methods.ts'
import type { HandlerContext, Handlers, NativeHandlers } from './handlers.ts'

/** What a router is made of. */
export interface RouterOptions {
  readonly handlers: Handlers
  /** Answers of the desktop alone; `null` in the browser host, which refuses these methods. */
  readonly native: NativeHandlers | null
  /** Whether answers are held against the contract too: in development and in tests. */
  readonly checkAnswers: boolean
  /** Called with every bug, for the log. */
  readonly report: (error: unknown, method: string) => void
}

/** Carries questions from any host to their handlers. Nothing is ever thrown: what goes wrong comes back as a refusal. */
export interface Router {
  /** What a name stands for here; `null` for names that are not in the contract and for methods that this host does not answer. */
  kindOf(name: string): Method['kind'] | null
  /** Answers a question with one answer. */
  call(name: string, request: unknown, context: HandlerContext): Promise<Answer>
  /** Answers a question by events; the last message is `end` or `refusal`. Ends early by `return()`. */
  stream(name: string, request: unknown, context: HandlerContext): AsyncGenerator<StreamMessage, void, undefined>
}

/** Longest piece of a schema's complaint that is passed on, in UTF-16 code units. */
const longestReason = 200

type AnyCall = (request: unknown, context: HandlerContext) => Promise<unknown>
type AnyStream = (request: unknown, context: HandlerContext) => AsyncGenerator<unknown, void, undefined>

/** Makes a router: look up, check, hand over, check the answer. */
export function createRouter(options: RouterOptions): Router {
  const table: Readonly<Record<string, unknown>> = { ...options.handlers, ...options.native }
  return {
    kindOf: (name) => (Object.hasOwn(table, name) ? (methodNamed(name)?.kind ?? null) : null),
    call: (name, request, context) => answer(options, table, name, request, context),
    stream: (name, request, context) => events(options, table, name, request, context),
  }
}

async function answer(
  options: RouterOptions,
  table: Readonly<Record<string, unknown>>,
  name: string,
  request: unknown,
  context: HandlerContext,
): Promise<Answer> {
  try {
    const method = lookUp(table, name, 'call')
    const handler = table[name] as AnyCall
    const value = await handler(checkedRequest(method, name, request), context)
    if (options.checkAnswers) checkAnswer(method.response, value, name)
    return { kind: 'value', value }
  } catch (error) {
    return { kind: 'refusal', refusal: refusalOf(error, name, options) }
  }
}

async function* events(
  options: RouterOptions,
  table: Readonly<Record<string, unknown>>,
  name: string,
  request: unknown,
  context: HandlerContext,
): AsyncGenerator<StreamMessage, void, undefined> {
  try {
    const method = lookUp(table, name, 'stream')
    const handler = table[name] as AnyStream
    for await (const event of handler(checkedRequest(method, name, request), context)) {
      if (options.checkAnswers) checkAnswer(method.event, event, name)
      yield { kind: 'event', event }
    }
  } catch (error) {
    yield { kind: 'refusal', refusal: refusalOf(error, name, options) }
    return
  }
  yield { kind: 'end' }
}

function methodNamed(name: string): Method | null {
  return Object.hasOwn(methods, name) ? methods[name as keyof typeof methods] : null
}

function lookUp<Kind extends Method['kind']>(
  table: Readonly<Record<string, unknown>>,
  name: string,
  kind: Kind,
): Extract<Method, { kind: Kind }> {
  const method = methodNamed(name)
  if (method?.kind !== kind) return fail('method-unknown', { method: shortened(name) })
  if (!Object.hasOwn(table, name)) return fail('method-native', { method: name })
  return method as Extract<Method, { kind: Kind }>
}

/**
 * The request as the contract has it.
 * @throws `request-invalid`
 */
function checkedRequest(method: Method, name: string, request: unknown): unknown {
  const result = parsed(method.request, request)
  if (result === null) return fail('request-invalid', { method: name, reason: 'it cannot be read' })
  return result.success ? result.data : fail('request-invalid', { method: name, reason: complaint(result.error) })
}

/** A request that is no plain data (a getter that throws, a revoked proxy) may throw where it is looked at: `null`. */
function parsed(schema: z.ZodType, request: unknown): z.ZodSafeParseResult<unknown> | null {
  try {
    return schema.safeParse(request)
  } catch {
    return null
  }
}

function complaint({ issues }: z.ZodError): string {
  const [first] = issues
  if (first === undefined) return 'it does not fit'
  const place = first.path.map(String).join('.')
  return shortened(place === '' ? first.message : `${place}: ${first.message}`)
}

function shortened(text: string): string {
  return text.length <= longestReason ? text : `${text.slice(0, longestReason)}…`
}

/** An answer that breaks the contract is a bug of the handler. */
function checkAnswer(schema: z.ZodType, value: unknown, name: string): void {
  const result = schema.safeParse(value)
  if (!result.success) throw new Error(`"${name}" answered against the contract: ${complaint(result.error)}`)
}

function refusalOf(error: unknown, name: string, { report }: RouterOptions): Refusal {
  const failure = failureOf(error)
  if (failure !== null) return { code: failure.code, message: sentence(failure) }
  report(error, name)
  // A bug's own message may name paths of this machine.
  return { code: 'internal', message: sentence({ code: 'internal', data: {} }) }
}
