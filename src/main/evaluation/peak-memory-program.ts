import { readFileSync } from 'node:fs'
import { defaultSampling, defaultSuppression } from '../../shared/explanation/parameters.ts'
import type { ExplainRequest } from '../engine/engine.ts'
import { drain } from './drain.ts'
import { openEngine } from '../engine/local-engine.ts'

const [task = '', modelFolder = '', picture = '', bankMiB = ''] = process.argv.slice(2)

const request: ExplainRequest = {
  picture: { name: picture, bytes: readFileSync(picture) },
  prompt: 'This is a picture of',
  target: null,
  token: null,
  sampling: defaultSampling,
  suppression: defaultSuppression,
  inputs: 'all',
  targets: 'completion',
  chunks: null,
  coarse: false,
}

const engine = openEngine({ device: 'cpu', bankMiB: Number(bankMiB), batch: null, cacheFolder: null })
await engine.load(modelFolder)
const { signal } = new AbortController()
const events = task === 'sweep' ? engine.explain(request, signal) : engine.generate({ ...request, steering: [] }, signal)
await drain<unknown>(events)
process.stdout.write(String(process.resourceUsage().maxRSS / 1024))
