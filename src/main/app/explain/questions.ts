import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { Suppression } from '../../../shared/explanation/parameters.ts'
import type { ExplainEvent, GenerateEvent, Similarity } from '../../engine/engine.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import type { Queued } from '../../engine/engine-queue.ts'
import type { AnswerEvent } from './explain.ts'
import { explain, explanationOf } from './explain.ts'
import type { ExplainQuestion } from './explain-question.ts'
import type { GenerateQuestion } from './generate.ts'
import { generate } from './generate.ts'
import { knownExplanation } from './known-explanation.ts'
import { prepare } from './prepare.ts'
import type { QuestionOptions } from './question-options.ts'
import { similarity } from './similarity.ts'
import { suppressPart } from './suppress-part.ts'

/** Questions to the model: from the cache where it knows the answer, else from the engine when it is free. */
export interface Questions {
  /**
   * Explains; a known explanation comes as `done` at once. The library has the entry before `done` is yielded.
   * @param fresh computes again what is known
   */
  explain(question: ExplainQuestion, fresh: boolean, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined>
  /** Writes, plainly or steered. */
  generate(question: GenerateQuestion, signal: AbortSignal): AsyncGenerator<Queued | GenerateEvent, void, undefined>
  /** Fills the image bank while nobody asks. */
  prepare(
    picture: string,
    suppression: Suppression,
    signal: AbortSignal,
  ): AsyncGenerator<Queued | Extract<ExplainEvent, { kind: 'bank-progress' }>, void, undefined>
  /** Cosines of an entry's positions. @throws `entry-numbers-gone` */
  similarity(entry: KeptEntry, signal: AbortSignal): Promise<Similarity>
  /** Suppresses some positions of an entry in one pass. @throws `position-out-of-range`, `entry-numbers-gone` */
  suppressPart(entry: KeptEntry, positions: readonly number[], signal: AbortSignal): Promise<JointPass>
  /** An entry's explanation as it was; `null` when the cache no longer has it. */
  known(entry: KeptEntry): Explanation | null
  /** An entry's explanation, computed again when need be. @throws `entry-numbers-gone` when that takes another model than the one at work */
  explanationOf(entry: KeptEntry, signal: AbortSignal): Promise<Explanation>
}

/** Gets ready to answer questions. */
export function questions(options: QuestionOptions): Questions {
  return {
    explain: (question, fresh, signal) => explain(options, question, fresh, signal),
    explanationOf: (entry, signal) => explanationOf(options, entry, signal),
    known: (entry) => knownExplanation(options.cache, entry.cacheKey),
    generate: (question, signal) => generate(options, question, signal),
    prepare: (picture, suppression, signal) => prepare(options, picture, suppression, signal),
    similarity: (entry, signal) => similarity(options, entry, signal),
    suppressPart: (entry, positions, signal) => suppressPart(options, entry, positions, signal),
  }
}
