import { fail } from '../../../shared/contract/failure.ts'
import type { Questions } from '../explain/questions.ts'
import type { History } from '../../storage/library/history.ts'
import type { Handlers } from '../handlers.ts'

/** What questions to the model are answered with. */
export interface QuestionParts {
  readonly asked: Questions
  readonly history: History
}

/** Answers of the model. */
export function questionHandlers({
  asked,
  history,
}: QuestionParts): Pick<Handlers, 'generate.start' | 'explain.start' | 'similarity.get' | 'part.suppress'> {
  return {
    'generate.start': (question, { signal }) => asked.generate(question, signal),
    'explain.start': ({ fresh, ...question }, { signal }) => asked.explain(question, fresh, signal),
    'similarity.get': async ({ id }, { signal }) => {
      const entry = history.find(id) ?? fail('entry-missing', {})
      return await asked.similarity(entry, signal)
    },
    'part.suppress': async ({ id, positions }, { signal }) => {
      const entry = history.find(id) ?? fail('entry-missing', {})
      return asked.suppressPart(entry, positions, signal)
    },
  }
}
