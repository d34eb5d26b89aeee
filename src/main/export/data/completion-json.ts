import { z } from 'zod'
import type { ModelIdentity } from '../../../shared/explanation/model/model-info.ts'
import { identityOf, modelIdentity } from '../../../shared/explanation/model/model-info.ts'
import type { Provider, Sampling } from '../../../shared/explanation/parameters.ts'
import { providers, sampling } from '../../../shared/explanation/parameters.ts'
import type { GeneratedToken, PictureProvenance, TextToken } from '../../../shared/explanation/record.ts'
import { generatedToken, recordFields } from '../../../shared/explanation/record.ts'
import { filePicture, generator } from '../../../shared/explanation/file/record-file.ts'
import { withDigits } from './explanation-json.ts'
import { digitsOf } from './short-number.ts'

/** Name and version of the completion file. */
const completionSchema = 'whence.completion/2'

/** Why the model stopped by itself or had to. */
const stops = ['stop-token', 'length'] as const

/** A completion as `generate --json` writes it: parts of the explanation file; every field is documented in docs/explanation-json.md. */
export const completionFile = z.object({
  schema: z.literal(completionSchema),
  generator,
  model: modelIdentity,
  provider: z.enum(providers),
  parameters: z.object({ sampling }),
  picture: filePicture.nullable(),
  prompt: recordFields.prompt,
  completion: z.object({ text: z.string(), stopped: z.enum(stops), tokens: z.array(generatedToken).readonly() }),
})

/** The content of a completion file. */
export type CompletionFile = z.infer<typeof completionFile>

/** A completion and how it came about. */
export interface Written {
  readonly model: ModelIdentity
  readonly provider: Provider
  readonly sampling: Sampling
  /** As it was read, and the name to speak of it. */
  readonly picture: { readonly name: string; readonly provenance: PictureProvenance } | null
  readonly prompt: { readonly text: string; readonly tokens: readonly TextToken[] }
  readonly completion: {
    readonly text: string
    readonly tokens: readonly GeneratedToken[]
    readonly stopped: (typeof stops)[number]
  }
}

/**
 * A completion as its file holds it.
 * @throws `model-not-finite`
 */
export function completionJson(written: Written, version: string): CompletionFile {
  const { model, provider, picture, prompt, completion } = written
  const digits = digitsOf(model)
  return {
    schema: completionSchema,
    generator: { name: 'whence', version },
    model: identityOf(model),
    provider,
    parameters: { sampling: written.sampling },
    picture: picture === null ? null : { ...picture.provenance, name: picture.name },
    prompt,
    completion: { ...completion, tokens: completion.tokens.map((token) => withDigits(token, digits)) },
  }
}
