import type { Chunking, Sampling, Suppression, TargetSelection } from '../../../shared/explanation/parameters.ts'
import type { ReadyModel } from '../../engine/engine.ts'
import { cacheKey } from './cache-key.ts'

/** What a person asks to have explained. */
export interface ExplainQuestion {
  /** SHA-256 of a kept picture; `null` for a document. */
  readonly picture: string | null
  readonly prompt: string
  readonly target: string | null
  readonly sampling: Sampling
  readonly suppression: Suppression
  readonly targets: TargetSelection
  readonly chunks: Chunking | null
}

/** Name of the explanation that answers a question. */
export function explanationKey(
  { info, provider }: { readonly info: Pick<ReadyModel['info'], 'sha256'>; readonly provider: ReadyModel['provider'] },
  question: ExplainQuestion,
): string {
  const { picture, prompt, target, sampling, suppression, targets, chunks } = question
  const parameters = { picture, prompt, target, sampling, suppression, inputs: 'all', targets, chunks }
  return cacheKey('explanation', { model: info.sha256, provider }, parameters)
}
