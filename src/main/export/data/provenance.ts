import { z } from 'zod'
import { modelIdentity } from '../../../shared/explanation/model/model-info.ts'
import type { Sampling } from '../../../shared/explanation/parameters.ts'
import { chunkings, inputSelections, providers, variants } from '../../../shared/explanation/parameters.ts'
import { question, scales } from '../../../shared/explanation/question.ts'
import { textRoles } from '../../../shared/explanation/record.ts'
import { generator } from '../../../shared/explanation/file/record-file.ts'
import { follows } from '../../../shared/explanation/target-ref.ts'
import type { View } from '../../../shared/explanation/view.ts'
import type { Setting } from '../../../shared/explanation/wording.ts'
import { methodSettings } from '../../../shared/explanation/wording.ts'
import type { ExportView } from '../export-view.ts'

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
  /** What was asked. */
  question,
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
export function provenanceOf({ explanation, question, view, name, entry, version }: ProvenanceParts): Provenance {
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
    target: shownTarget(view),
    question,
    variant,
    f: strength,
    kappa: threshold,
    neighbourhood: threshold !== null,
    layers: layers === null ? null : [...layers],
    inputs: parameters.inputs,
    chunks: parameters.chunks,
    sampling: samplingJson(parameters.sampling),
    scale: question.scale,
  }
}

/** What of an export tells where it comes from. */
type ProvenanceParts = Pick<ExportView, 'explanation' | 'question' | 'view' | 'name' | 'entry' | 'version'>

/** The tokens that are shown; an ellipsis stands where some are left out. A record without targets shows none of its completion's. */
function shownTarget({ subject: { targets } }: View): Provenance['target'] {
  const [first] = targets
  const texts = targets.map((target, place) => {
    const before = targets[place - 1]
    return before === undefined || follows(before, target) ? target.text : `…${target.text}`
  })
  return {
    segment: first === undefined ? 'completion' : first.segment,
    tokens: targets.map(({ index }) => index),
    text: texts.join(''),
  }
}

function samplingJson({ maxNewTokens, temperature, topK, topP, seed }: Sampling): Provenance['sampling'] {
  return { max_new_tokens: maxNewTokens, temperature, top_k: topK, top_p: topP, seed }
}

/** The same for people: names and values. */
export function provenanceSettings(view: ExportView): Setting[] {
  const { generator, entry, model, provider, picture, prompt, completion, variant } = provenanceOf(view)
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
    ['target', view.view.title],
    ['variant', `AtMan, ${variant}`],
    ...methodSettings(view.known.suppression),
    ['colours', view.view.scale.words],
    ['made with', `Whence ${generator.version}`],
    ...(entry === null ? [] : ([['entry', entry]] as const)),
  ]
}
