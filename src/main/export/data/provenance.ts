import { z } from 'zod'
import { modelIdentity } from '../../../shared/explanation/model-info.ts'
import type { Sampling } from '../../../shared/explanation/parameters.ts'
import { chunkings, inputSelections, providers, variants } from '../../../shared/explanation/parameters.ts'
import { scales } from '../../../shared/explanation/question.ts'
import { textRoles } from '../../../shared/explanation/record.ts'
import { generator } from '../../../shared/explanation/record-file.ts'
import { legendScale } from '../../../shared/colour/legend.ts'
import type { Setting } from '../method-words.ts'
import { methodSettings } from '../method-words.ts'
import type { ExportView } from '../export-view.ts'
import { subjectText } from '../subject.ts'

/** How tokens were chosen, in the names of generation_config.json, which this block promised from the beginning. */
const provenanceSampling = z.object({
  max_new_tokens: z.number(),
  temperature: z.number(),
  top_k: z.number(),
  top_p: z.number(),
  seed: z.number(),
})

/** Where an exported file comes from: the same block in every format. Documented in docs/exports.md. */
export const provenanceFile = z.object({
  generator,
  /** Id of the entry in the history, by which the app and `whence export` open it again; `null` for one that is in none. */
  entry: z.string().nullable(),
  model: modelIdentity,
  provider: z.enum(providers),
  picture: z.object({ name: z.string(), sha256: z.string() }).nullable(),
  prompt: z.string(),
  completion: z.string(),
  /** The tokens that are shown: their places within their segment, and their text. */
  target: z.object({ segment: z.enum(textRoles), tokens: z.array(z.int().min(0)), text: z.string() }),
  variant: z.enum(variants),
  f: z.number(),
  kappa: z.number().nullable(),
  neighbourhood: z.boolean(),
  layers: z.array(z.int().min(0)).nullable(),
  inputs: z.enum(inputSelections),
  chunks: z.enum(chunkings).nullable(),
  sampling: provenanceSampling,
  scale: z.enum(scales),
})

/** See {@link provenanceFile}. */
export type Provenance = z.infer<typeof provenanceFile>

/** Where what is exported comes from. */
export function provenanceOf({
  explanation,
  subject,
  scale,
  name,
  entry,
  version,
}: Pick<ExportView, 'explanation' | 'subject' | 'scale' | 'name' | 'entry' | 'version'>): Provenance {
  const { model, provider, picture, prompt, completion, parameters } = explanation
  const { variant, strength, threshold, layers } = parameters.suppression
  return {
    generator: { name: 'whence', version },
    entry,
    model,
    provider,
    picture: picture === null ? null : { name, sha256: picture.sha256 },
    prompt: prompt.text,
    completion: completion.text,
    target: {
      segment: subject.targets[0]?.segment ?? 'completion',
      tokens: subject.targets.map(({ index }) => index),
      text: subjectText(subject),
    },
    variant,
    f: strength,
    kappa: threshold,
    neighbourhood: threshold !== null,
    layers: layers === null ? null : [...layers],
    inputs: parameters.inputs,
    chunks: parameters.chunks,
    sampling: samplingJson(parameters.sampling),
    scale,
  }
}

function samplingJson({ maxNewTokens, temperature, topK, topP, seed }: Sampling): Provenance['sampling'] {
  return { max_new_tokens: maxNewTokens, temperature, top_k: topK, top_p: topP, seed }
}

/** The same for people: names and values. */
export function provenanceSettings(view: ExportView): Setting[] {
  const { generator, entry, model, provider, picture, prompt, completion, target, variant, scale } = provenanceOf(view)
  return [
    ['model', `${model.name} · ${model.precision} · ${provider.toUpperCase()}`],
    ['model SHA-256', model.sha256],
    ...(picture === null
      ? []
      : ([
          ['picture', picture.name],
          ['picture SHA-256', picture.sha256],
        ] as const)),
    ['prompt', prompt],
    ['completion', completion.trim()],
    ['target', target.text.trim()],
    ['variant', `AtMan, ${variant}`],
    ...methodSettings(view.explanation),
    ['colours', legendScale(scale)],
    ['made with', `Whence ${generator.version}`],
    ...(entry === null ? [] : ([['entry', entry]] as const)),
  ]
}
