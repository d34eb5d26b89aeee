import type { HostKind } from '../../shared/contract/host-kind.ts'
import type { CallName, EventOf, MethodName, NativeName, RequestOf, ResponseOf, StreamName } from '../../shared/contract/types.ts'

/** Who asks: one window or one browser page. What is queued or running for a client ends when it goes away. */
export interface Client {
  /** Unique while the app runs; says nothing about the person. */
  readonly id: string
  /** The host that carries its questions. */
  readonly host: HostKind
}

/** What a handler knows besides the request. */
export interface HandlerContext {
  /** Aborts when the client takes its question back or goes away. */
  readonly signal: AbortSignal
  readonly client: Client
}

/** Answers a question. The request has been checked already; a {@link import('../../shared/contract/failure.ts').Failed} reaches the client, any other error is a bug. */
export type CallHandler<Name extends CallName> = (request: RequestOf<Name>, context: HandlerContext) => Promise<ResponseOf<Name>>

/** Answers a question by events. `return()` is called on the generator when its reader goes away, after the signal. */
export type StreamHandler<Name extends StreamName> = (
  request: RequestOf<Name>,
  context: HandlerContext,
) => AsyncGenerator<EventOf<Name>, void, undefined>

/** The handler of one line of the contract. */
export type Handler<Name extends MethodName> = Name extends CallName
  ? CallHandler<Name>
  : Name extends StreamName
    ? StreamHandler<Name>
    : never

/** Everything that both hosts answer: one handler for every line of the contract that is not native. A missing one does not compile. */
export type Handlers = { readonly [Name in Exclude<MethodName, NativeName>]: Handler<Name> }

/** What only a desktop answers; the window's side brings it. */
export type NativeHandlers = { readonly [Name in NativeName]: Handler<Name> }
