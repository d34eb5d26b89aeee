import type { GeneratedToken } from '../../../shared/explanation/record.ts'

/** The text to be explained: the model's own, or the person's. */
export interface Completion {
  readonly text: string
  readonly tokens: readonly GeneratedToken[]
  readonly stopped: 'stop-token' | 'length' | 'given'
}
