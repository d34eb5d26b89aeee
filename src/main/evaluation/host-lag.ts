import { readFileSync } from 'node:fs'
import { defaultSampling, defaultSuppression } from '../../shared/explanation/parameters.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { measureEventLoopLag } from '../engine/process/child/event-loop-lag.ts'
import { nodeLauncher } from '../engine/process/parent/node-launcher.ts'
import { drain } from './drain.ts'
import { startEngineProcess } from '../engine/process/parent/process-engine.ts'

/** How late the host's event loop runs at worst in 99 of 100 turns while the engine sweeps in its own process, in milliseconds. */
export async function hostLag(modelFolder: string, picture: string, options: EngineOptions, sweeps: number): Promise<number> {
  const engine = startEngineProcess(options, nodeLauncher())
  await engine.load(modelFolder)
  const stop = measureEventLoopLag()
  for (let round = 0; round < sweeps; round++) {
    const request = {
      picture: { name: picture, bytes: readFileSync(picture) },
      prompt: 'This is a picture of',
      target: null,
      token: null,
      sampling: defaultSampling,
      suppression: { ...defaultSuppression, strength: 0.9 - round / 100 },
      inputs: 'all',
      targets: 'completion',
      chunks: null,
      coarse: true,
    } as const
    await drain(engine.explain(request, new AbortController().signal))
  }
  const { p99Ms } = stop()
  await engine.close()
  return p99Ms
}
