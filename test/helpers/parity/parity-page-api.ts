import type { Theme } from '../../../src/shared/colour/ramp.ts'
import type { Question } from '../../../src/shared/explanation/question.ts'

/** Names of the recorded explanations; the second stands on the other side of every comparison. */
export const parityFiles = ['picture', 'other', 'given', 'steered', 'document'] as const
/** One of {@link parityFiles}. */
export type ParityName = (typeof parityFiles)[number]

/** What the window is to show. */
export interface Asked {
  readonly file: ParityName
  readonly question: Question
  /** The record beside it; `null` without a comparison. */
  readonly beside: ParityName | null
  readonly theme: Theme
}

/** What the test page offers as `globalThis.parity`. */
export interface ParityPage {
  /** Shows an answer, and waits until it has been drawn. */
  show(asked: Asked): Promise<void>
}
