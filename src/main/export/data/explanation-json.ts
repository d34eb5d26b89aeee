import type { Explanation } from '../../../shared/explanation/record.ts'
import type { ExplanationFile } from '../../../shared/explanation/file/record-file.ts'
import { explanationFileSchema, matrixRows } from '../../../shared/explanation/file/record-file.ts'
import { present } from '../../../shared/values/element.ts'
import type { Digits } from './short-number.ts'
import { digitsOf } from './short-number.ts'

/**
 * An explanation as its file holds it. Relevance and log-probabilities keep their float32 value in the fewest digits.
 * @param pictureName what the person calls the picture; `null` for a document
 * @throws `model-not-finite`: NaN and infinities have no place in JSON, nor in an explanation
 */
export function explanationJson(explanation: Explanation, pictureName: string | null, version: string): ExplanationFile {
  const { model, provider, parameters, picture, grid, prompt, completion, inputs, targets, timings, relevance } = explanation
  const digits = digitsOf(model)
  return {
    schema: explanationFileSchema,
    generator: { name: 'whence', version },
    model,
    provider,
    parameters,
    picture: picture === null ? null : { ...picture, name: present(pictureName, 'the name of the picture') },
    grid,
    prompt,
    completion: { ...completion, tokens: completion.tokens.map((token) => withDigits(token, digits)) },
    inputs,
    targets: targets.map((target) => withDigits(target, digits)),
    timings,
    ...matrixRows(relevance, digits),
  }
}

/** A token with its log-probability and those of its candidates in the fewest digits. */
export function withDigits<Token extends WithLogprob>(token: Token, digits: Digits): Token {
  const candidates = token.candidates.map((candidate) => ({ ...candidate, logprob: digits(candidate.logprob) }))
  return { ...token, logprob: digits(token.logprob), candidates }
}

interface WithLogprob {
  readonly logprob: number
  readonly candidates: readonly { readonly logprob: number }[]
}
