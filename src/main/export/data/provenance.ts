import { z } from 'zod'
import { scales } from '../../../shared/explanation/question.ts'
import { chunkings, inputSelections, variants } from '../../../shared/explanation/parameters.ts'
import { generatorFile, modelFile, modelJson, providerFile, samplingFile, samplingJson } from './explanation-json.ts'
import { legendScale } from '../../../shared/colour/legend.ts'
import type { Setting } from '../method-words.ts'
import { methodSettings } from '../method-words.ts'
import type { ExportView } from '../export-view.ts'
import { subjectText } from '../subject.ts'

/** Where an exported file comes from: the same block in every format. Documented in docs/exports.md. */
export const provenanceFile = z.object({
  generator: generatorFile,
  /** Id of the entry in the history, by which the app and `whence export` open it again; `null` for one that is in none. */
  entry: z.string().nullable(),
  model: modelFile,
  provider: providerFile,
  picture: z.object({ name: z.string(), sha256: z.string() }).nullable(),
  prompt: z.string(),
  completion: z.string(),
  /** The tokens that are shown: their places within their segment, and their text. */
  target: z.object({ segment: z.enum(['prompt', 'completion']), tokens: z.array(z.int().min(0)), text: z.string() }),
  variant: z.enum(variants),
  f: z.number(),
  kappa: z.number().nullable(),
  neighbourhood: z.boolean(),
  layers: z.array(z.int().min(0)).nullable(),
  inputs: z.enum(inputSelections),
  chunks: z.enum(chunkings).nullable(),
  sampling: samplingFile,
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
    model: modelJson(model),
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
