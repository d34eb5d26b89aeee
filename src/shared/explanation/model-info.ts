/** Which model made a number: enough to tell two apart and to find it again. */
export interface ModelIdentity {
  /** Folder name, as the person picks it. */
  readonly name: string
  /** SHA-256 over the model's files, hexadecimal. */
  readonly sha256: string
  /** `model_type` of config.json. */
  readonly family: string
  /** Precision of the decoder file: the suffix of its name, `f32` without one. */
  readonly precision: 'f32' | 'fp16' | 'q4' | 'int8'
}

/** What a model can do, as far as Whence needs to know. */
export interface ModelInfo extends ModelIdentity {
  readonly grid: { readonly rows: number; readonly columns: number } | null
  /** Edge of the square the picture is cut to, in pixels. */
  readonly imageSize: number | null
  readonly layers: number
  readonly heads: number
  readonly keyValueHeads: number
  readonly headSize: number
  readonly hiddenSize: number
  readonly vocabularySize: number
  /** Longest sequence, picture included. */
  readonly maxPositions: number
  /** One line from the model card: what it knows and what not; `null` without a card. */
  readonly knows: string | null
}

/** What a person should know before they trust a model's numbers, in one sentence; `null` when there is nothing. */
export function modelCaution({ precision }: Pick<ModelIdentity, 'precision'>): string | null {
  if (precision !== 'int8') return null
  return 'This decoder computes in 8 bits, which is as coarse as many effects of a suppression: take its relevance with care, or use another precision.'
}
