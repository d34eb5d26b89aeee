import { z } from 'zod'
import { sequenceOf } from '../../sequence/sequence.ts'
import { element } from '../../values/element.ts'
import type { Explanation, GeneratedToken, RelevanceMatrix } from '../record.ts'
import { candidateCount, pictureProvenance, recordFields } from '../record.ts'
import { earlierFile, upgraded } from './record-file-v1.ts'
import { list, strict } from '../schema.ts'

/** Name and version of the explanation file; a reader refuses a number it does not know. Fields may be added within a version. */
export const explanationFileSchema = 'whence.explanation/2'

/** Which program wrote a file. */
export const generator = strict({ name: z.literal('whence'), version: z.string() })

/** A picture as a file holds it: as it was read, and what the person calls it. */
export const filePicture = z.strictObject({ ...pictureProvenance.unwrap().shape, name: z.string() }).readonly()

/**
 * An explanation as `--json` writes it: the record itself, its matrix as rows of numbers, with the name of its picture and of the program that wrote it.
 * Every field is documented in docs/explanation-json.md.
 */
export const explanationFile = z.object({
  schema: z.literal(explanationFileSchema),
  generator,
  ...recordFields,
  picture: filePicture.nullable(),
  /** Relevance in nats, one row per input, one number per target. */
  relevance: list(list(z.number())),
  /** What each target's candidates lost, in nats: one row per input, one list per target; `null` where there is no such candidate. */
  candidates: list(list(list(z.number().nullable()))),
})

/** The content of an explanation file. */
export type ExplanationFile = z.infer<typeof explanationFile>

/** An explanation that was read from a file. */
export interface ReadExplanation {
  readonly explanation: Explanation
  /** What the person called the picture; `null` for a document. */
  readonly pictureName: string | null
}

/**
 * An explanation from the JSON of its file, of this version or an earlier one.
 * @throws ZodError for anything else; RangeError where rows are too short or its parts do not fit together
 */
export function readExplanationFile(json: unknown): ReadExplanation {
  const earlier = earlierFile.safeParse(json)
  const { picture, relevance, candidates, ...rest } = explanationFile.parse(earlier.success ? upgraded(earlier.data) : json)
  const { schema: _schema, generator: _generator, ...fields } = rest
  checkParts(fields)
  return {
    explanation: {
      ...fields,
      completion: { ...fields.completion, tokens: fields.completion.tokens.map(withSingles) },
      targets: fields.targets.map(withSingles),
      picture: picture === null ? null : withoutName(picture),
      relevance: matrixOfRows(relevance, candidates, fields.inputs.length, fields.targets.length),
    },
    pictureName: picture === null ? null : picture.name,
  }
}

/** Rows and columns stand in their places, members and cells within the sequence. */
function checkParts({ grid, prompt, completion, inputs, targets }: Omit<Explanation, 'picture' | 'relevance'>): void {
  const sequence = sequenceOf({ grid, prompt: prompt.tokens, completion: completion.tokens })
  const texts = { prompt: prompt.tokens, completion: completion.tokens }
  inputs.forEach(({ index, kind, members, row, column }, place) => {
    if (index !== place) throw new RangeError(`input ${place} has the index ${index}`)
    if (members.length === 0 || members.some((member) => member >= sequence.length))
      throw new RangeError(`the members of input ${place} are not in the sequence`)
    const inGrid = grid !== null && row !== null && column !== null && row < grid.rows && column < grid.columns
    if (kind === 'patch' && !inGrid) throw new RangeError(`input ${place} is not in the grid`)
  })
  targets.forEach(({ column, segment, index }, place) => {
    if (column !== place) throw new RangeError(`target ${place} has the column ${column}`)
    element(texts[segment], index)
  })
}

/** A token whose log-probabilities are float32 again, as they were before they were written in few digits. */
function withSingles<Token extends Pick<GeneratedToken, 'logprob' | 'candidates'>>(token: Token): Token {
  const candidates = token.candidates.map((candidate) => ({ ...candidate, logprob: Math.fround(candidate.logprob) }))
  return { ...token, logprob: Math.fround(token.logprob), candidates }
}

function withoutName({ name: _, ...picture }: z.infer<typeof filePicture>): Explanation['picture'] {
  return picture
}

/** The matrix as rows of numbers; `digits` writes a float32 in the fewest digits. */
export function matrixRows(
  { inputs, targets, values, candidates }: RelevanceMatrix,
  digits: (value: number) => number,
): Pick<ExplanationFile, 'relevance' | 'candidates'> {
  const rows = Array.from({ length: inputs }, (_, row) => row)
  const columns = Array.from({ length: targets }, (_, column) => column)
  const places = Array.from({ length: candidateCount }, (_, place) => place)
  return {
    relevance: rows.map((row) => columns.map((column) => digits(element(values, row * targets + column)))),
    candidates: rows.map((row) =>
      columns.map((column) =>
        places.map((place) => {
          const lost = element(candidates, (row * targets + column) * candidateCount + place)
          return Number.isNaN(lost) ? null : digits(lost)
        }),
      ),
    ),
  }
}

function matrixOfRows(
  relevance: ExplanationFile['relevance'],
  lost: ExplanationFile['candidates'],
  inputs: number,
  targets: number,
): RelevanceMatrix {
  const values = new Float32Array(inputs * targets)
  const candidates = new Float32Array(inputs * targets * candidateCount)
  for (let cell = 0; cell < values.length; cell++) {
    const [row, column] = [Math.floor(cell / targets), cell % targets]
    values[cell] = element(element(relevance, row), column)
    const list = element(element(lost, row), column)
    for (let place = 0; place < candidateCount; place++) {
      const value = element(list, place)
      candidates[cell * candidateCount + place] = value === null ? Number.NaN : value
    }
  }
  return { inputs, targets, values, candidates }
}
