/** How a factor changes the scaled attention scores `H` before mask and softmax (paper Eq. 4 and 7). */
export const variants = ['shifted', 'plain', 'log', 'mask'] as const
/** One of {@link variants}; `shifted` is the published code's rule with the minimum over visible keys only. */
export type Variant = (typeof variants)[number]

/** How an input and its neighbours are suppressed (paper Eq. 4 and 6). */
export interface Suppression {
  /** Suppression f of the input itself, at most 1: its factor is 1 - f; below 0 it is amplified. Default 0.9. */
  readonly strength: number
  /** Cosine similarity κ from which an embedding counts as a neighbour, in [-1, 1]; `null` suppresses the input alone. Default 0.7. */
  readonly threshold: number | null
  /** Rule applied to the scores. Default `shifted`. */
  readonly variant: Variant
  /** Zero-based decoder layers that are changed, ascending; `null` means all of them (the default). */
  readonly layers: readonly number[] | null
}

/** The paper's settings. */
export const defaultSuppression: Suppression = { strength: 0.9, threshold: 0.7, variant: 'shifted', layers: null }

/** How the next token is chosen. Temperature 0 takes the most probable one. */
export interface Sampling {
  /** Most tokens to write. */
  readonly maxNewTokens: number
  /** 0 is greedy; 1 samples from the model's own distribution. */
  readonly temperature: number
  /** Keep only the k most probable tokens; 0 keeps all. */
  readonly topK: number
  /** Keep the smallest set of most probable tokens whose probabilities reach this sum, in (0, 1]. */
  readonly topP: number
  /** Seed of the random numbers: the same seed gives the same completion. */
  readonly seed: number
}

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

/** Providers a person may ask for; `auto` tries the others in this order of preference. */
export const devices = ['auto', 'cuda', 'webgpu', 'cpu'] as const
/** One of {@link devices}. */
export type Device = (typeof devices)[number]
/** An execution provider of ONNX Runtime that can really run. */
export type Provider = Exclude<Device, 'auto'>
