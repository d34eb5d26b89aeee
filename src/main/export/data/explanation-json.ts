import { z } from 'zod'
import type { Candidate, Explanation, GeneratedToken, Input, Target, TextToken } from '../../../shared/explanation/record.ts'
import type { ExplainParameters } from '../../../shared/explanation/parameters.ts'
import type { ModelIdentity } from '../../../shared/explanation/model-info.ts'
import { chunkings, inputSelections, targetSelections, variants } from '../../../shared/explanation/parameters.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { shortFloat } from './short-number.ts'
import type { NamedPicture } from './named-picture.ts'
import { pictureFile, pictureJson } from './named-picture.ts'

/** Name and version of the explanation file; a reader refuses a number it does not know. Fields may be added within a version. */
const explanationSchema = 'whence.explanation/1'

const index = z.int().min(0)

const tokenFile = z.object({ index, id: index, text: z.string() })
const candidateFile = z.object({ id: index, text: z.string(), logprob: z.number() })
/** A token the model wrote, as every file of Whence holds it. */
export const generatedTokenFile = tokenFile.extend({ logprob: z.number(), candidates: z.array(candidateFile) })
/** Which model made the numbers. */
export const modelFile = z.object({
  name: z.string(),
  sha256: z.string(),
  family: z.string(),
  precision: z.enum(['f32', 'fp16', 'q4', 'int8']),
})
/** How tokens were chosen. */
export const samplingFile = z.object({
  max_new_tokens: z.int().min(1),
  temperature: z.number().min(0),
  top_k: index,
  top_p: z.number(),
  seed: z.int(),
})
/** Which program wrote the file. */
export const generatorFile = z.object({ name: z.literal('whence'), version: z.string() })
/** Where the sequence is computed. */
export const providerFile = z.enum(['cuda', 'webgpu', 'cpu'])
/** A text and its tokens. */
export const promptFile = z.object({ text: z.string(), tokens: z.array(tokenFile) })

const parametersFile = z.object({
  variant: z.enum(variants),
  f: z.number().max(1),
  kappa: z.number().min(-1).max(1).nullable(),
  neighbourhood: z.boolean(),
  layers: z.array(index).nullable(),
  inputs: z.enum(inputSelections),
  targets: z.enum(targetSelections),
  chunks: z.enum(chunkings).nullable(),
  sampling: samplingFile,
})

const inputFile = z.object({
  index,
  kind: z.enum(['patch', 'token', 'word', 'chunk']),
  segment: z.enum(['image', 'prompt', 'completion']),
  row: index.nullable(),
  column: index.nullable(),
  text: z.string(),
  members: z.array(index).min(1),
})

const targetFile = z.object({
  index,
  segment: z.enum(['prompt', 'completion']),
  id: index,
  text: z.string(),
  logprob: z.number(),
  candidates: z.array(candidateFile),
})

/** An explanation as `--json` writes it; every field is documented in docs/explanation-json.md. */
export const explanationFile = z.object({
  schema: z.literal(explanationSchema),
  generator: generatorFile,
  model: modelFile,
  provider: providerFile,
  parameters: parametersFile,
  picture: pictureFile.nullable(),
  grid: z.object({ rows: index, columns: index, start: index }).nullable(),
  prompt: promptFile,
  completion: z.object({ text: z.string(), given: z.boolean(), tokens: z.array(generatedTokenFile) }),
  timings: z.object({
    load_ms: z.number(),
    image_ms: z.number(),
    generate_ms: z.number(),
    sweep_ms: z.number(),
    passes: index,
    bank: z.enum(['none', 'cold', 'warm']),
  }),
  inputs: z.array(inputFile),
  targets: z.array(targetFile),
  relevance: z.array(z.array(z.number())),
})

/** The content of an explanation file. */
export type ExplanationFile = z.infer<typeof explanationFile>

/**
 * An explanation as its file holds it. Relevance and log-probabilities keep their float32 value in the fewest digits.
 * @throws `model-not-finite`: NaN and infinities have no place in JSON, nor in an explanation
 */
export function explanationJson(explanation: Explanation, picture: NamedPicture | null, version: string): ExplanationFile {
  const { model, provider, parameters, grid, prompt, completion, timings, inputs, targets } = explanation
  return {
    schema: explanationSchema,
    generator: { name: 'whence', version },
    model: modelJson(model),
    provider,
    parameters: parametersJson(parameters),
    picture: picture === null ? null : pictureJson(picture),
    grid: grid === null ? null : { rows: grid.rows, columns: grid.columns, start: grid.start },
    prompt: { text: prompt.text, tokens: prompt.tokens.map(tokenJson) },
    completion: {
      text: completion.text,
      given: completion.given,
      tokens: completion.tokens.map((token, place) => generatedTokenJson(token, place, model)),
    },
    timings: timingsJson(timings),
    inputs: inputs.map(inputJson),
    targets: targets.map((target) => targetJson(target, model)),
    relevance: relevanceRows(explanation),
  }
}

/** Which model, field by field. */
export function modelJson({ name, sha256, family, precision }: ModelIdentity): ExplanationFile['model'] {
  return { name, sha256, family, precision }
}

/** How tokens were chosen, in the names of generation_config.json. */
export function samplingJson(sampling: ExplainParameters['sampling']): ExplanationFile['parameters']['sampling'] {
  const { maxNewTokens, temperature, topK, topP, seed } = sampling
  return { max_new_tokens: maxNewTokens, temperature, top_k: topK, top_p: topP, seed }
}

/** A token of a text with its place there. */
export function tokenJson({ id, text }: TextToken, place: number): ExplanationFile['prompt']['tokens'][number] {
  return { index: place, id, text }
}

/** A token the model wrote, with its place in the completion. */
export function generatedTokenJson(
  token: GeneratedToken,
  place: number,
  model: ModelIdentity,
): ExplanationFile['completion']['tokens'][number] {
  return {
    ...tokenJson(token, place),
    logprob: finite(token.logprob, model),
    candidates: candidatesJson(token.candidates, model),
  }
}

function parametersJson({ suppression, sampling, inputs, targets, chunks }: ExplainParameters): ExplanationFile['parameters'] {
  const { variant, strength, threshold, layers } = suppression
  return {
    variant,
    f: strength,
    kappa: threshold,
    neighbourhood: threshold !== null,
    layers: layers === null ? null : [...layers],
    inputs,
    targets,
    chunks,
    sampling: samplingJson(sampling),
  }
}

function timingsJson({ loadMs, imageMs, generateMs, sweepMs, passes, bank }: Explanation['timings']): ExplanationFile['timings'] {
  const milliseconds = (value: number) => Math.round(value * 1000) / 1000
  return {
    load_ms: milliseconds(loadMs),
    image_ms: milliseconds(imageMs),
    generate_ms: milliseconds(generateMs),
    sweep_ms: milliseconds(sweepMs),
    passes,
    bank,
  }
}

function inputJson({ index, kind, segment, row, column, text, members }: Input): ExplanationFile['inputs'][number] {
  return { index, kind, segment, row, column, text, members: [...members] }
}

function targetJson(
  { index, segment, id, text, logprob, candidates }: Target,
  model: ModelIdentity,
): ExplanationFile['targets'][number] {
  return { index, segment, id, text, logprob: finite(logprob, model), candidates: candidatesJson(candidates, model) }
}

function candidatesJson(
  candidates: readonly Candidate[],
  model: ModelIdentity,
): ExplanationFile['targets'][number]['candidates'] {
  return candidates.map(({ id, text, logprob }) => ({ id, text, logprob: finite(logprob, model) }))
}

function relevanceRows({ model, relevance: { inputs, targets, values } }: Explanation): number[][] {
  return Array.from({ length: inputs }, (_, input) =>
    Array.from(values.subarray(input * targets, (input + 1) * targets), (value) => finite(value, model)),
  )
}

function finite(value: number, { name }: ModelIdentity): number {
  return Number.isFinite(value) ? shortFloat(value) : fail('model-not-finite', { model: name })
}

/** The file's text: two spaces of indentation, one line per input, target, token and row of numbers, and a newline at the end. */
export function formatJson(file: object): string {
  return `${block(file, '')}\n`
}

function block(value: unknown, indent: string): string {
  if (isFlat(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((entry) => `${inner}${isRow(entry) ? JSON.stringify(entry) : block(entry, inner)}`)
    : Object.entries(value as object).map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${block(entry, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** Entries of long lists stand on one line each, whatever they hold. */
function isRow(value: unknown): boolean {
  return value !== null && typeof value === 'object'
}

function isFlat(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true
  return Object.values(value).every((entry) => entry === null || typeof entry !== 'object')
}
