import { cosineSimilarity } from '../../../shared/atman/similarity.ts'
import { firstChanged, suppressionRow } from '../../../shared/atman/suppression.ts'
import type { PlannedBatch } from '../../../shared/atman/sweep-plan.ts'
import { planBatches } from '../../../shared/atman/sweep-plan.ts'
import { inputIndex } from '../../../shared/values/brand.ts'
import { element } from '../../../shared/values/element.ts'
import type { Suppression } from '../../../shared/explanation/parameters.ts'
import type { Progress } from '../../../shared/values/progress.ts'
import { throwIfCancelled } from '../../../shared/contract/failure.ts'
import type { Decoder } from '../runtime/decoder.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { BankChunk, ImageBank, PlannedChunk } from './image-bank.ts'
import type { KeyValues } from '../runtime/key-values.ts'
import { blankKeyValues, byteLength, repeatPrefix, rowsOf } from '../runtime/key-values.ts'
import type { LoadedModel } from '../model/model.ts'
import { joined } from '../sequence/joined.ts'

/** The image bank as one sweep sees it: the rows of its own picture under its own suppression. */
export interface BankAccess {
  readonly chunks: readonly PlannedChunk[]
  /** Whether nothing is left to compute. */
  ready(): boolean
  /** A chunk, kept or computed now; it is kept when it fits. */
  chunk(index: number, signal: AbortSignal): Promise<BankChunk>
}

interface BankWork {
  readonly decoder: Decoder
  readonly image: EmbeddedImage
  readonly suppression: Suppression
  readonly factors: readonly Float32Array[]
}

/**
 * Opens the bank for one picture: row i suppresses patch i and its neighbours, exactly as the sweep's own rows do on the picture's positions. `null`
 * when the memory limit has no room for all rows of the picture: running them once without keeping them is quicker then.
 */
export function openBank(
  bank: ImageBank,
  model: LoadedModel,
  decoder: Decoder,
  image: EmbeddedImage,
  suppression: Suppression,
): BankAccess | null {
  if (!bank.fits(image.keyValues.positions * (byteLength(image.keyValues) + image.lastLogits.byteLength))) return null
  const key = bankKey(model, image, suppression)
  const patches = image.keyValues.positions
  // Asked for only while something is missing: a question on a ready bank goes by without.
  let rows: readonly Float32Array[] | null = null
  const factors = () => (rows ??= pictureRows(image.embeddings, patches, suppression))
  const chunks = bank.plan(key, () => planChunks(factors(), model))
  return {
    chunks,
    ready: () => chunks.every((_, index) => bank.has(key, index)),
    chunk: async (index, signal) => {
      const kept = bank.chunk(key, index)
      if (kept !== null) return kept
      const work = { decoder, image, suppression, factors: factors() }
      const chunk = await runChunk(work, element(chunks, index), signal)
      bank.keep(key, index, chunk)
      return chunk
    },
  }
}

/** Computes what is missing of a picture's bank, chunk by chunk, so that questions about it are quick. Yields rows done. */
export async function* fillBank(access: BankAccess, signal: AbortSignal): AsyncGenerator<Progress> {
  const total = access.chunks.reduce((sum, { rows }) => sum + rows.length, 0)
  let done = 0
  for (const [index, { rows }] of access.chunks.entries()) {
    throwIfCancelled(signal)
    await access.chunk(index, signal)
    done += rows.length
    yield { done, total }
  }
}

function bankKey(model: LoadedModel, image: EmbeddedImage, { strength, threshold, variant, layers }: Suppression): string {
  return JSON.stringify([model.info.sha256, image.provenance.sha256, strength, threshold, variant, layers])
}

function pictureRows(embeddings: Float32Array, patches: number, suppression: Suppression): Float32Array[] {
  const similarity = cosineSimilarity(embeddings, patches, embeddings.length / patches)
  return Array.from({ length: patches }, (_, patch) =>
    suppressionRow(inputIndex(patch), similarity.subarray(patch * patches, (patch + 1) * patches), suppression),
  )
}

/** Chunks of as many rows as a batch of text may have, made of parts as large as a batch of patches may be. */
function planChunks(factors: readonly Float32Array[], { limits }: LoadedModel): PlannedChunk[] {
  const starts = factors.map(firstChanged)
  const rows = starts.flatMap((start, row) => (start < factors.length ? [row] : []))
  const parts = planBatches({ rows, starts: rows.map((row) => element(starts, row)), end: factors.length, limits })
  return gatherParts(parts, limits.rows).map((group) => ({ rows: group.flatMap((part) => part.rows), parts: group }))
}

function gatherParts(parts: readonly PlannedBatch[], most: number): PlannedBatch[][] {
  const groups: PlannedBatch[][] = []
  let group: PlannedBatch[] = []
  for (const part of parts) {
    if (group.length === 0 || rowCount(group) + part.rows.length > most) {
      group = []
      groups.push(group)
    }
    group.push(part)
  }
  return groups
}

function rowCount(parts: readonly PlannedBatch[]): number {
  return parts.reduce((sum, { rows }) => sum + rows.length, 0)
}

async function runChunk(work: BankWork, { rows, parts }: PlannedChunk, signal: AbortSignal): Promise<BankChunk> {
  const keyValues = blankKeyValues(work.decoder.shape, rows.length, work.image.keyValues.positions)
  const lastLogits: Float32Array[] = []
  let first = 0
  for (const part of parts) {
    throwIfCancelled(signal)
    lastLogits.push(await runPart(work, part, rowsOf(keyValues, first, part.rows.length)))
    first += part.rows.length
  }
  return { keyValues, lastLogits: joined(...lastLogits) }
}

/** Runs the patches from the part's first change on; writes keys and values into their place and answers with the scores at the last patch. */
async function runPart(
  { decoder, image, suppression, factors }: BankWork,
  { rows, start }: PlannedBatch,
  place: KeyValues,
): Promise<Float32Array> {
  const patches = image.keyValues.positions
  const { logits } = await decoder.forward({
    embeddings: image.embeddings.subarray(start * decoder.hiddenSize),
    batch: rows.length,
    past: repeatPrefix(image.keyValues, start, rows.length),
    factors: joined(...rows.map((row) => element(factors, row))),
    layers: suppression.layers,
    targets: [patches - 1 - start],
    ids: [[0]],
    want: { logits: true, keyValues: true },
    keyValuesInto: place,
  })
  if (logits === null) throw new Error('the decoder left out what was wanted')
  return logits.data
}
