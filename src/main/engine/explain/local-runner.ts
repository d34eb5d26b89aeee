import { logProbability } from '../../../shared/atman/log-softmax.ts'
import { fail, throwIfCancelled } from '../../../shared/contract/failure.ts'
import { variants } from '../../../shared/explanation/parameters.ts'
import { element, lastElement, present } from '../../../shared/values/element.ts'
import { candidatesOf } from '../text/candidates.ts'
import type { Decoder } from '../runtime/decoder.ts'
import type { EmbeddedImage } from '../picture/embed-image.ts'
import type { EmbeddedPictures } from '../picture/embedded-pictures.ts'
import type { BankAccess } from './fill-bank.ts'
import { openBank } from './fill-bank.ts'
import type { ImageBank } from './image-bank.ts'
import type { KeyValues } from '../runtime/key-values.ts'
import { emptyKeyValues, repeatPrefix } from '../runtime/key-values.ts'
import type { LoadedModel } from '../model/model.ts'
import type { Baseline, FactorBatch, PassResult, PassRunner, SweepSetup } from './pass-runner.ts'

/**
 * Runs passes on the loaded model in this process, over its image bank.
 * @param pictures where the embedded pictures are that the sequences begin with
 */
export function localRunner(model: LoadedModel, pictures: Pick<EmbeddedPictures, 'find'>, bank: ImageBank): PassRunner {
  return {
    capabilities: { variants, limits: model.limits },
    open: async (setup, signal) => {
      const image = setup.picture === null ? null : present(pictures.find(setup.picture), 'the embedded picture')
      const decoder = await model.decoder(setup.suppression.variant)
      const unchanged = await runUnchanged(model, decoder, setup, image)
      throwIfCancelled(signal)
      const access = image && openBank(bank, model, decoder, image, setup.suppression)
      const sweep: Sweep = { model, decoder, setup, bank: access, ...unchanged }
      return {
        baseline: unchanged.baseline,
        bank: access && { chunks: access.chunks, ready: access.ready() },
        run: (batches) => runBatches(sweep, batches, signal),
      }
    },
  }
}

interface Sweep {
  readonly model: LoadedModel
  readonly decoder: Decoder
  readonly setup: SweepSetup
  readonly bank: BankAccess | null
  readonly baseline: Baseline
  /** Tokens asked for at each target: the watched one, then the candidates. */
  readonly ids: readonly (readonly number[])[]
  /** Keys and values of the whole sequence, unchanged. */
  readonly keyValues: KeyValues
}

/** Runs the sequence as it is, on from the picture's own keys and values, which are the same for every question. */
async function runUnchanged(model: LoadedModel, decoder: Decoder, setup: SweepSetup, image: EmbeddedImage | null) {
  const past = image === null ? emptyKeyValues(decoder.shape, 1) : image.keyValues
  const reached = setup.targets.filter(({ at }) => at >= past.positions)
  const { logits, keyValues } = await decoder.forward({
    embeddings: setup.embeddings.subarray(past.positions * decoder.hiddenSize),
    batch: 1,
    past,
    factors: null,
    layers: null,
    targets: reached.map(({ at }) => at - past.positions),
    ids: reached.map(({ id }) => [id]),
    want: { logits: true, keyValues: true },
  })
  if (logits === null || keyValues === null) throw new Error('the decoder left out what was wanted')
  const width = lastElement(logits.shape)
  const scores = setup.targets.map((target) => {
    const place = reached.indexOf(target)
    return place < 0 ? present(image, 'the picture before the first target').lastLogits : slot(logits.data, place, width)
  })
  if (!scores.every((row) => row.every(Number.isFinite))) fail('model-not-finite', { model: model.info.name })
  return { keyValues, ...readBaseline(model, setup, scores) }
}

function readBaseline(model: LoadedModel, setup: SweepSetup, scores: readonly Float32Array[]) {
  const candidates = scores.map((row) => candidatesOf(row, model.tokenizer))
  const ids = setup.targets.map(({ id }, target) => [id, ...element(candidates, target).map((candidate) => candidate.id)])
  const logprobs = ids.flatMap((wanted, target) => pick(element(scores, target), wanted))
  return { ids, baseline: { candidates, logprobs: Float32Array.from(logprobs) } }
}

function pick(logits: Float32Array, ids: readonly number[]): number[] {
  const logprob = logProbability(logits)
  return ids.map((id) => logprob(element(logits, id)))
}

async function* runBatches(sweep: Sweep, batches: AsyncIterable<FactorBatch>, signal: AbortSignal): AsyncGenerator<PassResult> {
  for await (const batch of batches) {
    throwIfCancelled(signal)
    const logprobs = batch.kind === 'bank' ? await runBanked(sweep, batch, signal) : await runPrefixed(sweep, batch)
    if (logprobs.some(Number.isNaN)) fail('model-not-finite', { model: sweep.model.info.name })
    yield { rows: batch.rows, logprobs }
  }
}

/** Rows on the unchanged keys and values of everything before their first change; targets before it stay as they were. */
async function runPrefixed(sweep: Sweep, { rows, start, factors }: FactorBatch & { kind: 'prefix' }): Promise<Float32Array> {
  const { baseline, ids } = sweep
  const past = repeatPrefix(sweep.keyValues, start, rows.length)
  return scoreFrom(sweep, past, factors, (target) => slot(baseline.logprobs, target, element(ids, target).length))
}

/** Rows on the bank's keys and values of the suppressed picture: only the text runs. */
async function runBanked(
  sweep: Sweep,
  { rows, chunk, factors }: FactorBatch & { kind: 'bank' },
  signal: AbortSignal,
): Promise<Float32Array> {
  if (sweep.bank === null) throw new Error('a bank batch without a picture')
  const { keyValues, lastLogits } = await sweep.bank.chunk(chunk, signal)
  throwIfCancelled(signal)
  const vocabulary = lastLogits.length / rows.length
  return scoreFrom(sweep, keyValues, factors, (target, row) =>
    pick(slot(lastLogits, row, vocabulary), element(sweep.ids, target)),
  )
}

/** Runs everything after `past` and lays out all targets' answers, `[rows, targets, ids]`; `unreached` answers for those that lie before. */
async function scoreFrom(
  sweep: Sweep,
  past: KeyValues,
  factors: Float32Array,
  unreached: (target: number, row: number) => ArrayLike<number>,
): Promise<Float32Array> {
  const { targets } = sweep.setup
  const width = element(sweep.ids, 0).length
  const reached = targets.flatMap(({ at }, target) => (at >= past.positions ? [target] : []))
  const answers = await runTargets(sweep, past, factors, reached)
  if (reached.length === targets.length) return answers
  const all = new Float32Array(past.batch * targets.length * width)
  for (let row = 0; row < past.batch; row++) {
    targets.forEach((_, target) => {
      const place = reached.indexOf(target)
      const answer = place < 0 ? unreached(target, row) : slot(answers, row * reached.length + place, width)
      all.set(answer, (row * targets.length + target) * width)
    })
  }
  return all
}

async function runTargets({ decoder, setup, ids }: Sweep, past: KeyValues, factors: Float32Array, reached: readonly number[]) {
  if (reached.length === 0) return new Float32Array(0)
  const { logprobs } = await decoder.forward({
    embeddings: setup.embeddings.subarray(past.positions * decoder.hiddenSize),
    batch: past.batch,
    past,
    factors,
    layers: setup.suppression.layers,
    targets: reached.map((target) => element(setup.targets, target).at - past.positions),
    ids: reached.map((target) => element(ids, target)),
    want: { logprobs: true },
  })
  if (logprobs === null) throw new Error('the decoder left out what was wanted')
  return logprobs
}

function slot(data: Float32Array, index: number, width: number): Float32Array {
  return data.subarray(index * width, (index + 1) * width)
}
