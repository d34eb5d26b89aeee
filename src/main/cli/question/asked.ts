import { fail } from '../../../shared/contract/failure.ts'
import { scales } from '../../../shared/explanation/question.ts'
import type { Scale } from '../../../shared/explanation/question.ts'

/** What was asked on the command line, before the explanation is known that it is asked of. */
export interface Asked {
  /** Places in the completion, ascending, shown as one; empty for the whole answer. */
  readonly tokens: readonly number[]
  /** The candidate that the one token is compared with: its text, or its place from 1; `null` for none. */
  readonly whyNot: string | null
  /** Parts of the input that are left out together: cells or texts; empty for none. */
  readonly without: readonly string[]
  readonly scale: Scale
}

/** Option values as commander hands them over. */
export interface GivenQuestion {
  readonly tokens?: readonly number[]
  readonly whyNot?: string
  readonly without?: readonly string[]
  readonly scale?: Scale
}

/** Fills in the defaults. */
export function askedOf({ tokens = [], whyNot, without = [], scale = scales[0] }: GivenQuestion): Asked {
  return { tokens, whyNot: whyNot ?? null, without, scale }
}

/** Whether anything was asked but for the scale. */
export function isAsked({ tokens, whyNot, without }: Asked): boolean {
  return tokens.length > 0 || whyNot !== null || without.length > 0
}

/**
 * Refuses what can be asked of one explanation only, and what makes no single question.
 * @throws `option-invalid`
 */
export function checkAsked({ tokens, whyNot }: Asked): void {
  if (whyNot !== null && tokens.length > 1)
    fail('option-invalid', { option: '--why-not', reason: 'it asks about one token, and --tokens names several' })
}
