import { z } from 'zod'
import { candidateCount } from '../record.ts'
import { element, lastElement } from '../../values/element.ts'

/** The file's first version: the same record under other names, without what the candidates lost. */
export const earlierFile = z.looseObject({
  schema: z.literal('whence.explanation/1'),
  parameters: z.looseObject({
    variant: z.string(),
    f: z.number(),
    kappa: z.number().nullable(),
    layers: z.array(z.number()).nullable(),
    inputs: z.string(),
    targets: z.string(),
    chunks: z.string().nullable(),
    sampling: z.object({
      max_new_tokens: z.number(),
      temperature: z.number(),
      top_k: z.number(),
      top_p: z.number(),
      seed: z.number(),
    }),
  }),
  prompt: z.object({ text: z.string(), tokens: z.array(z.looseObject({ text: z.string() })) }),
  completion: z.looseObject({ text: z.string(), tokens: z.array(z.looseObject({ text: z.string() })) }),
  targets: z.array(z.looseObject({})),
  timings: z.object({
    load_ms: z.number(),
    image_ms: z.number(),
    generate_ms: z.number(),
    sweep_ms: z.number(),
    passes: z.number(),
    bank: z.string(),
  }),
  relevance: z.array(z.array(z.number())),
})

/** A file of the first version under the names of the second. It never held what the candidates lost, so "why not" cannot be asked of it. */
export function upgraded({
  parameters,
  prompt,
  completion,
  targets,
  timings,
  relevance,
  ...rest
}: z.infer<typeof earlierFile>): object {
  const { variant, f, kappa, layers, inputs, targets: selection, chunks, sampling } = parameters
  const { max_new_tokens, temperature, top_k, top_p, seed } = sampling
  const { load_ms, image_ms, generate_ms, sweep_ms, passes, bank } = timings
  return {
    ...rest,
    schema: 'whence.explanation/2',
    parameters: {
      suppression: { strength: f, threshold: kappa, variant, layers },
      sampling: { maxNewTokens: max_new_tokens, temperature, topK: top_k, topP: top_p, seed },
      inputs,
      targets: selection,
      chunks,
    },
    prompt: { ...prompt, tokens: withSpans(prompt.tokens) },
    completion: { ...completion, tokens: withSpans(completion.tokens) },
    targets: targets.map((target, column) => ({ ...target, column })),
    timings: { loadMs: load_ms, imageMs: image_ms, generateMs: generate_ms, sweepMs: sweep_ms, passes, bank },
    relevance,
    candidates: relevance.map((row) => row.map(() => Array.from({ length: candidateCount }, () => null))),
  }
}

/** The first version knew no spans; tokens follow each other in the text. */
function withSpans(tokens: readonly { readonly text: string }[]): object[] {
  const ends = [0]
  for (const { text } of tokens) ends.push(lastElement(ends) + text.length)
  return tokens.map(({ index: _, ...token }: { readonly text: string; readonly index?: unknown }, place) => ({
    ...token,
    span: { start: element(ends, place), end: element(ends, place + 1) },
  }))
}
