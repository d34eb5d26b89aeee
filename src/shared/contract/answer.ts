import type { FailureCode } from './failure.ts'

/** An expected failure as it travels to a window or page: the stable code and the sentence for the person. `internal` stands for a bug. */
export interface Refusal {
  readonly code: FailureCode
  readonly message: string
}

/** What a call comes back with. A plain value, because errors lose their properties between processes. */
export type Answer<Value = unknown> =
  { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'refusal'; readonly refusal: Refusal }

/** One message of a stream; `end` or `refusal` is the last. */
export type StreamMessage<Event = unknown> =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'end' }

/** Carries a {@link Refusal} on the asking side, where it is thrown. */
export class Refused extends Error {
  readonly code: FailureCode
  constructor({ code, message }: Refusal) {
    super(message)
    this.name = 'Refused'
    this.code = code
  }
}
