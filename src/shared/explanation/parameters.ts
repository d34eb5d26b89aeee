import { z } from 'zod'
import { count, list, strict } from './schema.ts'

/** How a factor changes the scaled attention scores `H` before mask and softmax (paper Eq. 4 and 7). */
export const variants = ['shifted', 'plain', 'log', 'mask'] as const
/** One of {@link variants}; `shifted` is the published code's rule with the minimum over visible keys only. */
export type Variant = (typeof variants)[number]

/** How an input and its neighbours are suppressed (paper Eq. 4 and 6). */
export const suppression = strict({
  /** Suppression f of the input itself, at most 1: its factor is 1 - f; below 0 it is amplified. Default 0.9. */
  strength: z.number().min(-10).max(1),
  /** Cosine similarity κ from which an embedding counts as a neighbour, in [-1, 1]; `null` suppresses the input alone. Default 0.7. */
  threshold: z.number().min(-1).max(1).nullable(),
  /** Rule applied to the scores. Default `shifted`. */
  variant: z.enum(variants),
  /** Zero-based decoder layers that are changed, ascending; `null` means all of them (the default). */
  layers: list(count, 1024).nullable(),
})
/** See {@link suppression}. */
export type Suppression = z.infer<typeof suppression>

/** The paper's settings. */
export const defaultSuppression: Suppression = { strength: 0.9, threshold: 0.7, variant: 'shifted', layers: null }

/** How the next token is chosen. Temperature 0 takes the most probable one. */
export const sampling = strict({
  /** Most tokens to write. */
  maxNewTokens: z.int().min(1).max(4096),
  /** 0 is greedy; 1 samples from the model's own distribution. */
  temperature: z.number().min(0).max(10),
  /** Keep only the k most probable tokens; 0 keeps all. */
  topK: z
    .int()
    .min(0)
    .max(1 << 20),
  /** Keep the smallest set of most probable tokens whose probabilities reach this sum, in (0, 1]. */
  topP: z.number().gt(0).max(1),
  /** Seed of the random numbers: the same seed gives the same completion. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
})
/** See {@link sampling}. */
export type Sampling = z.infer<typeof sampling>

/** Greedy, as the figures of the model cards are made. */
export const defaultSampling: Sampling = { maxNewTokens: 48, temperature: 0, topK: 0, topP: 1, seed: 0 }

/** Which parts of the sequence are suppressed one by one. */
export const inputSelections = ['image', 'text', 'all'] as const
/** One of {@link inputSelections}. */
export type InputSelection = (typeof inputSelections)[number]

/** Which tokens are targets: those of the completion, or the prompt's too. */
export const targetSelections = ['completion', 'all'] as const
/** One of {@link targetSelections}. */
export type TargetSelection = (typeof targetSelections)[number]

/** Chunks of a document suppressed as a whole (paper, document question answering). */
export const chunkings = ['sentence', 'paragraph'] as const
/** One of {@link chunkings}. */
export type Chunking = (typeof chunkings)[number]

/** Execution providers of ONNX Runtime that can run a model, in order of preference. */
export const providers = ['cuda', 'webgpu', 'cpu'] as const
/** One of {@link providers}. */
export type Provider = (typeof providers)[number]
/** Providers a person may ask for; `auto` tries the others in this order of preference. */
export const devices = ['auto', ...providers] as const
/** One of {@link devices}. */
export type Device = (typeof devices)[number]

/** Everything a person may set about an explanation. */
export const explainParameters = strict({
  suppression,
  sampling,
  inputs: z.enum(inputSelections),
  targets: z.enum(targetSelections),
  chunks: z.enum(chunkings).nullable(),
})
