import { fail } from '../../../shared/domain/failure.ts'
import type { ResponseOf } from '../../../shared/ipc/types.ts'
import type { Questions } from '../../explain/questions.ts'
import type { History } from '../../storage/history.ts'
import type { Handlers } from '../handlers-type.ts'
import { thawed, thawedEvents } from '../thaw.ts'

/** What questions to the model are answered with. */
export interface QuestionParts {
  readonly asked: Questions
  readonly history: History
}

/** Answers of the model. */
export function questionHandlers({
  asked,
  history,
}: QuestionParts): Pick<Handlers, 'generate.start' | 'explain.start' | 'similarity.get'> {
  return {
    'generate.start': (question, { signal }) => thawedEvents<'generate.start'>(asked.generate(question, signal)),
    'explain.start': ({ fresh, ...question }, { signal }) =>
      thawedEvents<'explain.start'>(asked.explain(question, fresh, signal)),
    'similarity.get': async ({ id }, { signal }) => {
      const entry = history.find(id) ?? fail('entry-missing', {})
      return thawed<ResponseOf<'similarity.get'>>(await asked.similarity(entry, signal))
    },
  }
}
