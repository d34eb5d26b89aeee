import { z } from 'zod'
import { element } from '../values/element.ts'
import type { Explanation, RelevanceMatrix } from './record.ts'
import { candidateCount, pictureProvenance, recordFields } from './record.ts'
import { earlierFile, upgraded } from './record-file-v1.ts'
import { list, strict } from './schema.ts'

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
 * @throws ZodError for anything else; RangeError where rows are too short
 */
export function readExplanationFile(json: unknown): ReadExplanation {
  const earlier = earlierFile.safeParse(json)
  const { picture, relevance, candidates, ...rest } = explanationFile.parse(earlier.success ? upgraded(earlier.data) : json)
  const { schema: _schema, generator: _generator, ...fields } = rest
  return {
    explanation: {
      ...fields,
      picture: picture === null ? null : withoutName(picture),
      relevance: matrixOfRows(relevance, candidates, fields.inputs.length, fields.targets.length),
    },
    pictureName: picture === null ? null : picture.name,
  }
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
      candidates[cell * candidateCount + place] = element(list, place) ?? Number.NaN
    }
  }
  return { inputs, targets, values, candidates }
}
