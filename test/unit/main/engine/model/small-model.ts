import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Failure } from '../../../../../src/shared/contract/failure.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'

/** config.json of a model that reads pictures. */
export const pictureConfig = {
  model_type: 'toy',
  image_token_id: 1,
  image_size: 32,
  image_grid: [2, 3],
  vocab_size: 600,
  hidden_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  max_position_embeddings: 64,
  eos_token_id: 0,
}

/** Files of a model folder that opens; the graphs are empty, for nothing loads them. */
export const pictureModel: Readonly<Record<string, unknown>> = {
  'config.json': pictureConfig,
  'preprocessor_config.json': {
    image_processor_type: 'CLIPImageProcessor',
    size: { shortest_edge: 32 },
    crop_size: { height: 32, width: 32 },
  },
  'onnx/vision_encoder.onnx': '',
  'onnx/embed_tokens.onnx': '',
  'onnx/decoder_model_merged.onnx': '',
}

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'whence-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files by relative name: text and bytes as they are, anything else as JSON; `undefined` leaves a file out. */
export async function writeFolder(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(
      join(folder, name),
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    )
  }
  return folder
}

/** The failure that some work ends with; an error when it succeeds or breaks otherwise. */
export async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason,
  )
  const failure = failureOf(error)
  if (failure === null) throw error
  return failure
}
