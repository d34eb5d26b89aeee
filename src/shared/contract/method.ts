import type { z } from 'zod'

/** A question with one answer. Typed arrays in either travel as bytes, never as JSON numbers. */
export interface Call<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  readonly kind: 'call'
  readonly request: Request
  readonly response: Response
  /** Whether only a desktop can do it: file dialogs, showing a file in its folder. */
  readonly native: boolean
}

/** A question that only a desktop answers. */
export interface NativeCall<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> extends Call<
  Request,
  Response
> {
  readonly native: true
}

/** A question answered by a stream of events; the work is cancelled when its reader goes away. */
export interface Stream<Request extends z.ZodType = z.ZodType, Event extends z.ZodType = z.ZodType> {
  readonly kind: 'stream'
  readonly request: Request
  readonly event: Event
  readonly native: false
}

/** A line of the contract. */
export type Method = Call | Stream

/** A table of methods by name. */
export type Methods = Readonly<Record<string, Method>>

/** Declares a question with one answer. */
export function call<Request extends z.ZodType, Response extends z.ZodType>(schemas: {
  readonly request: Request
  readonly response: Response
}): Call<Request, Response> {
  return { kind: 'call', native: false, ...schemas }
}

/** Declares a question that only the desktop answers. */
export function nativeCall<Request extends z.ZodType, Response extends z.ZodType>(schemas: {
  readonly request: Request
  readonly response: Response
}): NativeCall<Request, Response> {
  return { kind: 'call', native: true, ...schemas }
}

/** Declares a question answered by events. */
export function stream<Request extends z.ZodType, Event extends z.ZodType>(schemas: {
  readonly request: Request
  readonly event: Event
}): Stream<Request, Event> {
  return { kind: 'stream', native: false, ...schemas }
}
