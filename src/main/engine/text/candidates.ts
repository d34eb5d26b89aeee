import type { Candidate } from '../../../shared/explanation/record.ts'
import { candidateCount } from '../../../shared/explanation/record.ts'
import { topCandidates } from '../../../shared/atman/top-candidates.ts'
import type { Tokenizer } from './tokenizer.ts'

/** The most probable tokens under the scores of one position, the best first. */
export function candidatesOf(logits: Float32Array, tokenizer: Tokenizer): Candidate[] {
  return topCandidates(logits, candidateCount).map(({ id, logprob }) => ({ id, logprob, text: tokenizer.tokenText(id) }))
}
