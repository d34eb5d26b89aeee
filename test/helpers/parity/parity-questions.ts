import type { Part, Question, Scale, TargetRef } from '../../../src/shared/explanation/question.ts'
import { scales, wholeAnswer } from '../../../src/shared/explanation/question.ts'
import type { Explanation } from '../../../src/shared/explanation/record.ts'
import type { Position } from '../../../src/shared/values/brand.ts'
import { position } from '../../../src/shared/values/brand.ts'
import { element } from '../../../src/shared/values/element.ts'

/** A question by what it asks. */
export interface NamedQuestion {
  readonly name: string
  readonly question: Question
}

/** What is asked of every record, on every scale; a document has no cell. `compare` is about the same record beside another. */
export function parityQuestions(explanation: Explanation): NamedQuestion[] {
  return scales.flatMap((scale) => asked(explanation, scale))
}

/** The part that needs a joint pass: four patches of a picture, or two neighbouring tokens of a text. */
export function jointPart({ grid, inputs }: Explanation): Part {
  if (grid === null) return { kind: 'text', positions: tokens(inputs).slice(2, 4) }
  const first = grid.start + 3 * grid.columns + 4
  return { kind: 'patches', positions: [first, first + 1, first + grid.columns, first + grid.columns + 1].map(position) }
}

function tokens(inputs: Explanation['inputs']): Position[] {
  return inputs.filter(({ kind }) => kind === 'token').map(({ members }) => element(members, 0))
}

function asked(explanation: Explanation, scale: Scale): NamedQuestion[] {
  const { completion, grid, inputs, targets } = explanation
  const token = (index: number): TargetRef => ({ segment: 'completion', index })
  const last = completion.tokens.length - 1
  const whole = { ...wholeAnswer, scale }
  const single = { ...whole, about: { kind: 'tokens', tokens: [token(last)] } } as const
  const rival = element(targets, last).candidates.findIndex(({ id }) => id !== element(targets, last).id)
  const word = element(tokens(inputs), 1)
  const cell: NamedQuestion[] =
    grid === null
      ? []
      : [
          {
            name: 'cell',
            question: { ...single, without: { kind: 'patches', positions: [position(grid.start + grid.columns)] } },
          },
        ]
  return [
    { name: 'token', question: single },
    { name: 'span', question: { ...whole, about: { kind: 'tokens', tokens: [token(0), token(1)] } } },
    { name: 'whole', question: whole },
    { name: 'why not', question: { ...single, against: { kind: 'candidate', place: rival } } },
    ...cell,
    { name: 'lasso', question: { ...whole, without: jointPart(explanation) } },
    { name: 'word', question: { ...single, without: { kind: 'text', positions: [word] } } },
    { name: 'compare', question: { ...single, against: { kind: 'record', entry: besideEntry, about: { kind: 'answer' } } } },
  ]
}

/** Id of the record that stands on the other side of a comparison. */
const besideEntry = '00000001-0000-4000-8000-000000000000'
