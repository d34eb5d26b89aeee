/**
 * Records what the real engine says about some sample pictures, for tests and the development page of the renderer:
 * `node test/helpers/renderer/record-answers.ts` writes `test/fixtures/renderer/answers.json.gz`.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { openEngine } from '../../../src/main/engine/local-engine.ts'
import type { ExplainEvent } from '../../../src/main/engine/engine.ts'
import { defaultSampling, defaultSuppression } from '../../../src/shared/explanation/parameters.ts'
import { cosineSimilarity } from '../../../src/shared/atman/similarity.ts'
import { prepareSweep } from '../../../src/main/evaluation/prepared-sweep.ts'
import { loadModel } from '../../../src/main/engine/model/model.ts'
import { packFloats } from './packed-floats.ts'

const questions = [
  ['cats', 'This is a picture of'],
  ['safari', 'This is a picture of'],
  ['harbour', 'This is a picture of'],
  ['breakfast', 'This is a picture of'],
  ['cars', 'Q: What color is the car? A:'],
] as const

const folder = 'models/whence-scenes'
const options = { device: 'cpu', bankMiB: 0, batch: null, cacheFolder: null } as const
const engine = openEngine(options)
const { info, provider } = await engine.load(folder)

const answers = []
for (const [name, prompt] of questions)
  answers.push({ name, prompt, similarity: await similarityOf(name, prompt), events: await eventsOf(name, prompt) })
await writeFile('test/fixtures/renderer/answers.json.gz', gzipSync(JSON.stringify({ info, provider, answers }), { level: 9 }))
await engine.close()

async function eventsOf(name: string, prompt: string): Promise<unknown[]> {
  const bytes = await readFile(`resources/samples/${name}.png`)
  const request = {
    picture: { name: `${name}.png`, bytes },
    prompt,
    target: null,
    token: null,
    sampling: defaultSampling,
    suppression: defaultSuppression,
  }
  const events: unknown[] = []
  const signal = new AbortController().signal
  for await (const event of engine.explain({ ...request, inputs: 'all', targets: 'all', chunks: null, coarse: true }, signal)) {
    events.push(packed(event))
  }
  return events
}

/** `relevance` is told twice, alone and in `done`; only the second is kept. */
function packed(event: ExplainEvent): unknown {
  return event.kind === 'relevance' ? { kind: 'relevance' } : packFloats(event)
}

/** Cosines for the first pictures only: they are large. Three digits are enough to look at. */
async function similarityOf(name: string, prompt: string): Promise<unknown> {
  if (name !== 'cats' && name !== 'safari') return null
  const model = await loadModel(folder, options)
  const picture = { name: `${name}.png`, bytes: await readFile(`resources/samples/${name}.png`) }
  const { setup, rows } = await prepareSweep(model, picture, prompt, defaultSuppression)
  const cosines = cosineSimilarity(setup.embeddings, rows.sequence, setup.embeddings.length / rows.sequence)
  await model.release()
  return packFloats({ length: rows.sequence, cosines: cosines.map((cosine) => Math.round(cosine * 1000) / 1000) })
}
