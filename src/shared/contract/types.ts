import type { z } from 'zod'
import type { Call, NativeCall, Stream } from './method.ts'
import type { methods } from './methods.ts'

/** Name of a line of the contract. */
export type MethodName = keyof typeof methods
/** Names of questions with one answer. */
export type CallName = { [Name in MethodName]: (typeof methods)[Name] extends Call ? Name : never }[MethodName]
/** Names of questions answered by events. */
export type StreamName = { [Name in MethodName]: (typeof methods)[Name] extends Stream ? Name : never }[MethodName]
/** Names of questions that only a desktop answers. */
export type NativeName = { [Name in MethodName]: (typeof methods)[Name] extends NativeCall ? Name : never }[MethodName]

/** What a method is asked. */
export type RequestOf<Name extends MethodName> = z.infer<(typeof methods)[Name]['request']>
/** What a call answers. */
export type ResponseOf<Name extends CallName> = z.infer<(typeof methods)[Name]['response']>
/** An event of a stream. */
export type EventOf<Name extends StreamName> = z.infer<(typeof methods)[Name]['event']>
