import { z } from 'zod'

/** What follows from the precision that a decoder computes in. */
interface PrecisionFacts {
  /** Ends of the names of graph files that are of this precision, before `.onnx`. */
  readonly suffixes: readonly string[]
  /** Whether rows of a batch share scales, so that one changes another: they have to run alone. */
  readonly sharesScales: boolean
  /** What a person should know before they trust a model's numbers, in one sentence; `null` when there is nothing. */
  readonly caution: string | null
}

/** Everything that is known of each precision, the most exact first. */
const table = {
  f32: { suffixes: [''], sharesScales: false, caution: null },
  fp16: { suffixes: ['_fp16'], sharesScales: false, caution: null },
  int8: {
    suffixes: ['_int8', '_quantized'],
    sharesScales: true,
    caution:
      'This decoder computes in 8 bits, which is as coarse as many effects of a suppression: take its relevance with care, or use another precision.',
  },
  q4: { suffixes: ['_q4'], sharesScales: false, caution: null },
} as const satisfies Readonly<Record<string, PrecisionFacts>>

/** Precision of a decoder file; its name says which. */
export const precision = z.enum(Object.keys(table) as (keyof typeof table)[])
/** See {@link precision}. */
export type Precision = z.infer<typeof precision>

/** What follows from a precision. */
export function precisionFacts(of: Precision): PrecisionFacts {
  return table[of]
}

/** Ends of the names of graph files with their precision, the most exact first. */
export const precisionSuffixes: readonly (readonly [suffix: string, precision: Precision])[] = precision.options.flatMap((name) =>
  table[name].suffixes.map((suffix) => [suffix, name] as const),
)
