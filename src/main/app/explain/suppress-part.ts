import { fail } from '../../../shared/contract/failure.ts'
import { pack } from '../../../shared/contract/packing.ts'
import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import { jointPass } from '../../../shared/explanation/joint-pass.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import { sequenceOf } from '../../../shared/sequence/sequence.ts'
import type { Position } from '../../../shared/values/brand.ts'
import type { JointRequest } from '../../engine/engine.ts'
import { readPart } from '../../engine/sequence/read-part.ts'
import type { Cache } from '../../storage/cache/cache.ts'
import type { KeptEntry } from '../../storage/library/history.ts'
import { cacheKey } from './cache-key.ts'
import { keptValue } from './kept-value.ts'
import { knownExplanation, requireModelOf } from './known-explanation.ts'
import type { QuestionOptions } from './question-options.ts'

/**
 * Suppresses some positions of an entry in one pass, all at once (method, "Joint suppression"). Targets are those of the entry's record, in its order.
 * @param positions in any order, none needs to be there once only
 * @throws `position-out-of-range`; `entry-numbers-gone` when the record, or the model it was made with, is not at hand
 */
export async function suppressPart(
  options: QuestionOptions,
  entry: KeptEntry,
  positions: readonly number[],
  signal: AbortSignal,
): Promise<JointPass> {
  const { engine, queue, models, cache } = options
  const explanation = knownExplanation(cache, entry.cacheKey) ?? fail('entry-numbers-gone', { model: entry.model.name })
  const members = membersIn(explanation, positions)
  const known = keptPass(cache, entry, members)
  if (known !== null) return known
  const request = await requestOf(options, entry, explanation, members)
  const [pass] = await queue.once(signal, async () => {
    // While it waited, another model may have been loaded.
    await requireModelOf(models, entry)
    return engine.jointPasses(request, signal)
  })
  if (pass === undefined) throw new Error('the engine ended without a pass')
  cache.put('joint-pass', passKey(entry, members), pack(pass))
  return pass
}

/** The pass of a part that was run before; `null` where it was not. */
export function keptPass(cache: Pick<Cache, 'get'>, entry: KeptEntry, members: readonly Position[]): JointPass | null {
  return keptValue(cache, 'joint-pass', passKey(entry, members), jointPass)
}

function passKey({ model, cacheKey: explanation }: KeptEntry, members: readonly Position[]): string {
  return cacheKey('joint-pass', { model: model.sha256, provider: null }, { explanation, members })
}

function membersIn({ grid, prompt, completion }: Explanation, positions: readonly number[]): Position[] {
  return readPart(positions, sequenceOf({ grid, prompt: prompt.tokens, completion: completion.tokens }))
}

async function requestOf(
  { pictureService }: QuestionOptions,
  { picture, prompt }: KeptEntry,
  { completion, parameters }: Explanation,
  members: readonly Position[],
): Promise<JointRequest> {
  return {
    picture: picture === null ? null : await pictureService.source(picture.sha256),
    prompt,
    completion: completion.tokens.map(({ id }) => id),
    suppression: parameters.suppression,
    targets: parameters.targets,
    parts: [members],
  }
}
