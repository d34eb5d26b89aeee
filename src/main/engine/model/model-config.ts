import { z } from 'zod'
import type { ModelPlace } from './model-file.ts'
import { findModelFile, invalid, readModelSchema } from './model-file.ts'

/** What Whence needs to know of a model, from config.json and generation_config.json. */
export interface ModelConfig {
  /** `model_type` of config.json. */
  readonly family: string
  readonly layers: number
  readonly heads: number
  readonly keyValueHeads: number
  readonly headSize: number
  readonly hiddenSize: number
  readonly vocabularySize: number
  /** Longest sequence, picture included. */
  readonly maxPositions: number
  /** Tokens that end a completion. */
  readonly stopTokens: ReadonlySet<number>
  /** What the model does with pictures; `null` for one that reads text only. */
  readonly picture: PictureConfig | null
}

/** The picture's side of a model. */
export interface PictureConfig {
  /** The token that marks a picture's place in the text, where the tokenizer has one. */
  readonly imageToken: number | null
  /** Edge of the square the picture is cut to, in pixels. */
  readonly imageSize: number
  /** Patch embeddings lie row by row on this grid. */
  readonly grid: { readonly rows: number; readonly columns: number }
}

const count = z
  .int()
  .min(1)
  .max(1 << 24)
const id = z
  .int()
  .min(0)
  .max(1 << 24)
const ids = z.union([id, z.array(id)])

const textShape = {
  vocab_size: count.optional(),
  hidden_size: count.optional(),
  n_embd: count.optional(),
  num_hidden_layers: count.optional(),
  n_layer: count.optional(),
  num_attention_heads: count.optional(),
  n_head: count.optional(),
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  max_position_embeddings: count.optional(),
  n_positions: count.optional(),
  eos_token_id: ids.nullish(),
}
const textConfig = z.object(textShape)
const visionConfig = z.object({ image_size: count.optional(), patch_size: count.optional() })
const configFile = z.object({
  ...textShape,
  model_type: z.string().min(1).max(100),
  image_token_id: id.nullish(),
  image_token_index: id.nullish(),
  image_size: count.optional(),
  image_grid: z.tuple([count, count]).optional(),
  image_seq_length: count.optional(),
  scale_factor: count.optional(),
  text_config: textConfig.optional(),
  vision_config: visionConfig.optional(),
})
const generationFile = z.object({ eos_token_id: ids.nullish() })

type ConfigFile = z.infer<typeof configFile>
type TextFields = z.infer<typeof textConfig>

/**
 * Reads config.json and, where there is one, generation_config.json. Text fields may lie in `text_config` (LLaVA, Idefics) or beside it.
 * @throws `model-file-missing` or `model-invalid`, which names what is wrong
 */
export async function readModelConfig(place: ModelPlace): Promise<ModelConfig> {
  const file = await readModelSchema(place, 'config.json', configFile)
  const text: TextFields = { ...file, ...definedOf(file.text_config ?? {}) }
  const need = (name: string, ...values: (number | undefined)[]) =>
    values.find((value) => value !== undefined) ?? invalid(place, 'config.json', `does not say its "${name}"`)
  const heads = need('num_attention_heads', text.num_attention_heads, text.n_head)
  const hiddenSize = need('hidden_size', text.hidden_size, text.n_embd)
  const headSize = text.head_dim ?? hiddenSize / heads
  if (!Number.isInteger(headSize)) invalid(place, 'config.json', 'has a "hidden_size" that "num_attention_heads" does not divide')
  return {
    family: file.model_type,
    layers: need('num_hidden_layers', text.num_hidden_layers, text.n_layer),
    heads,
    keyValueHeads: text.num_key_value_heads ?? heads,
    headSize,
    hiddenSize,
    vocabularySize: need('vocab_size', text.vocab_size),
    maxPositions: need('max_position_embeddings', text.max_position_embeddings, text.n_positions),
    stopTokens: await readStopTokens(place, text),
    picture: readPicture(place, file),
  }
}

async function readStopTokens(place: ModelPlace, text: TextFields): Promise<ReadonlySet<number>> {
  const hasOwn = (await findModelFile(place, 'generation_config.json')) !== null
  const generation = hasOwn ? await readModelSchema(place, 'generation_config.json', generationFile) : {}
  const stop = generation.eos_token_id ?? text.eos_token_id
  // A model without a token that ends a text writes on until it is stopped.
  return new Set(stop === undefined || stop === null ? [] : [stop].flat())
}

function readPicture(place: ModelPlace, file: ConfigFile): PictureConfig | null {
  const imageSize = file.image_size ?? file.vision_config?.image_size
  const imageToken = file.image_token_id ?? file.image_token_index ?? null
  if (imageSize === undefined && imageToken === null && file.image_grid === undefined && file.vision_config === undefined)
    return null
  if (imageSize === undefined) return invalid(place, 'config.json', 'does not say its "image_size"')
  return { imageToken, imageSize, grid: readGrid(place, file, imageSize) }
}

/** Patches along each edge that one embedding stands for, where config.json does not say. */
const unmerged = 1

/** The grid as given, or as many patches as fit along the picture's edge, merged where the model merges them (Idefics 3). */
function readGrid(place: ModelPlace, file: ConfigFile, imageSize: number): PictureConfig['grid'] {
  if (file.image_grid !== undefined) return { rows: file.image_grid[0], columns: file.image_grid[1] }
  const patch = file.vision_config?.patch_size
  if (patch === undefined) return invalid(place, 'config.json', 'does not say its "image_grid"')
  const edge = Math.floor(imageSize / patch) / (file.scale_factor ?? unmerged)
  const fits = Number.isInteger(edge) && edge > 0 && (file.image_seq_length ?? edge * edge) === edge * edge
  return fits
    ? { rows: edge, columns: edge }
    : invalid(place, 'config.json', 'does not say its "image_grid", and it does not follow from the patches')
}

function definedOf<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>
}
