import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from '../src/main/engine/local-engine.ts'
import { firstSample, storedExplanationName } from '../src/main/app/explain/first-entry.ts'
import { readSample } from '../src/main/app/pictures/samples.ts'
import { packExplanation } from '../src/main/app/explain/stored-explanation.ts'
import type { Explanation } from '../src/shared/explanation/record.ts'
import { defaultSettings } from '../src/shared/contract/default-settings.ts'

/** Explains the sample that a first start shows, with everything as it is at first. */
export async function explainSample(root: string): Promise<Explanation> {
  const engine = openEngine({ device: 'cpu', bankMiB: 0, batch: null, cacheFolder: null })
  try {
    await engine.load(join(root, 'models', 'whence-scenes'))
    const { prompt, sampling, suppression } = defaultSettings
    const request = {
      picture: await readSample(join(root, 'resources', 'samples'), firstSample),
      prompt,
      target: null,
      token: null,
      sampling,
      suppression,
      inputs: 'all',
      // As the window asks, so that asking the same again finds it.
      targets: 'all',
      chunks: null,
      coarse: false,
    } as const
    for await (const event of engine.explain(request, new AbortController().signal))
      if (event.kind === 'done') return event.explanation
    throw new Error('the engine ended without an explanation')
  } finally {
    await engine.close()
  }
}

/** `node scripts/make-sample-explanation.ts`: writes resources/samples/cats.explanation. */
if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const explanation = await explainSample(root)
  // How long it took here says nothing to anybody else.
  const timings = { ...explanation.timings, loadMs: 0, imageMs: 0, generateMs: 0, sweepMs: 0 }
  writeFileSync(
    join(root, 'resources', 'samples', storedExplanationName(firstSample)),
    packExplanation({ ...explanation, timings }),
  )
}
