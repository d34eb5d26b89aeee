/**
 * Records what the real engine says about a few questions, for the comparison of everything that shows an explanation:
 * `node test/helpers/parity/record.ts` writes `test/fixtures/parity/*.json.gz`.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { explanationJson } from '../../../src/main/export/data/explanation-json.ts'
import type { PictureSource } from '../../../src/main/engine/engine.ts'
import { openEngine } from '../../../src/main/engine/local-engine.ts'
import { defaultSampling, defaultSuppression } from '../../../src/shared/explanation/parameters.ts'
import { explanationOf } from '../explanation-of.ts'
import { packedPass } from './parity-record.ts'
import { jointPart } from './parity-questions.ts'

/** Two pictures, a given target, an amplified picture, and a document whose answer has several tokens because it is given. */
const recorded = [
  { file: 'picture', sample: 'cats', prompt: 'This is a picture of', target: null, strength: 0.9, chunks: null },
  { file: 'other', sample: 'safari', prompt: 'This is a picture of', target: null, strength: 0.9, chunks: null },
  { file: 'given', sample: 'cats', prompt: 'This is a picture of', target: ' three cats', strength: 0.9, chunks: null },
  { file: 'steered', sample: 'harbour', prompt: 'This is a picture of', target: null, strength: -1, chunks: null },
  {
    file: 'document',
    sample: null,
    prompt: 'This is a picture of a car. The car is red. There is a dog. Q: What color is the car? A:',
    target: ' the red car',
    strength: 0.9,
    chunks: 'sentence',
  },
] as const

const engine = openEngine({ device: 'cpu', bankMiB: 0, batch: null, cacheFolder: null })
await engine.load('models/whence-scenes')
for (const each of recorded) await record(each)
await engine.close()

async function record({ file, sample, prompt, target, strength, chunks }: (typeof recorded)[number]): Promise<void> {
  const picture = sample === null ? null : await sampleOf(sample)
  const suppression = { ...defaultSuppression, strength }
  const asked = { picture, prompt, target, token: null, sampling: { ...defaultSampling, maxNewTokens: 5 }, suppression }
  const explanation = await explanationOf(engine, { ...asked, inputs: 'all', targets: 'completion', chunks, coarse: false })
  const completion = explanation.completion.tokens.map(({ id }) => id)
  const parts = [jointPart(explanation).positions]
  const request = { picture, prompt, completion, suppression, targets: 'completion', parts } as const
  const joint = await engine.jointPasses(request, new AbortController().signal)
  const text = JSON.stringify({
    record: explanationJson(explanation, picture?.name ?? null, '0.1.0'),
    joint: joint.map(packedPass),
  })
  await writeFile(`test/fixtures/parity/${file}.json.gz`, gzipSync(text, { level: 9 }))
}

async function sampleOf(sample: string): Promise<PictureSource> {
  return { name: `${sample}.png`, bytes: await readFile(`resources/samples/${sample}.png`) }
}
