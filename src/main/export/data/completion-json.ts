import { z } from 'zod'
import type { GeneratedToken, TextToken } from '../../../shared/explanation/record.ts'
import type { ModelIdentity } from '../../../shared/explanation/model-info.ts'
import type { Provider, Sampling } from '../../../shared/explanation/parameters.ts'
import {
  generatedTokenFile,
  generatedTokenJson,
  generatorFile,
  modelFile,
  modelJson,
  promptFile,
  providerFile,
  samplingFile,
  samplingJson,
  tokenJson,
} from './explanation-json.ts'
import type { NamedPicture } from './named-picture.ts'
import { pictureFile, pictureJson } from './named-picture.ts'

/** Name and version of the completion file. */
const completionSchema = 'whence.completion/1'

/** A completion as `generate --json` writes it; every field is documented in docs/explanation-json.md. */
export const completionFile = z.object({
  schema: z.literal(completionSchema),
  generator: generatorFile,
  model: modelFile,
  provider: providerFile,
  parameters: z.object({ sampling: samplingFile }),
  picture: pictureFile.nullable(),
  prompt: promptFile,
  completion: z.object({
    text: z.string(),
    stopped: z.enum(['stop-token', 'length']),
    tokens: z.array(generatedTokenFile),
  }),
})

/** The content of a completion file. */
export type CompletionFile = z.infer<typeof completionFile>

/** A completion and how it came about. */
export interface Written {
  readonly model: ModelIdentity
  readonly provider: Provider
  readonly sampling: Sampling
  readonly picture: NamedPicture | null
  readonly prompt: { readonly text: string; readonly tokens: readonly TextToken[] }
  readonly completion: {
    readonly text: string
    readonly tokens: readonly GeneratedToken[]
    readonly stopped: 'stop-token' | 'length'
  }
}

/**
 * A completion as its file holds it.
 * @throws `model-not-finite`
 */
export function completionJson(
  { model, provider, sampling, picture, prompt, completion }: Written,
  version: string,
): CompletionFile {
  const tokens = completion.tokens.map((token, place) => generatedTokenJson(token, place, model))
  return {
    schema: completionSchema,
    generator: { name: 'whence', version },
    model: modelJson(model),
    provider,
    parameters: { sampling: samplingJson(sampling) },
    picture: picture === null ? null : pictureJson(picture),
    prompt: { text: prompt.text, tokens: prompt.tokens.map(tokenJson) },
    completion: { text: completion.text, stopped: completion.stopped, tokens },
  }
}
