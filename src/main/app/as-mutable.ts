import type { EventOf, StreamName } from '../../shared/contract/types.ts'

/** The same type with nothing to be changed in it, at any depth, and bytes in memory of any kind. */
export type Frozen<Value> = Value extends string | number | bigint | boolean | null | undefined
  ? Value
  : Value extends Uint8Array
    ? Uint8Array
    : Value extends Float32Array
      ? Float32Array
      : Value extends readonly (infer Entry)[]
        ? readonly Frozen<Entry>[]
        : { readonly [Key in keyof Value]: Frozen<Value[Key]> }

/**
 * The same value as the contract types it: the schemas' types may be written to, the domain's may not. Both hosts copy or pack an answer at once, so nobody
 * ever writes.
 */
export function asMutable<Value>(value: Frozen<Value>): Value {
  return value as Value
}

/** Events as the contract types them; see {@link asMutable}. */
export function asMutableEvents<Name extends StreamName>(
  events: AsyncGenerator<Frozen<EventOf<Name>>, void, undefined>,
): AsyncGenerator<EventOf<Name>, void, undefined> {
  return events as AsyncGenerator<EventOf<Name>, void, undefined>
}
