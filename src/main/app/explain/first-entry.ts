import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Explanation } from '../../../shared/explanation/record.ts'
import type { KeptQuestion } from '../../storage/library/history.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ExplainQuestion } from './explain-question.ts'
import { explanationKey } from './explain-question.ts'
import { readSample } from '../pictures/samples.ts'
import { unpackExplanation } from './stored-explanation.ts'

/** The sample that is explained already when the window opens for the first time; its explanation lies beside it. */
export const firstSample = 'cats'

/** Name of a sample's stored explanation. */
export function storedExplanationName(sample: string): string {
  return `${sample}.explanation`
}

/**
 * Puts the first sample and its explanation into an empty library, once.
 * @returns id of its entry; `null` when it is no longer there, or never was
 */
export async function firstEntry({ keyValues, history, pictures, cache }: Storage, samples: string): Promise<string | null> {
  const remembered = keyValues.recall('sample')
  if (remembered !== null) return history.find(remembered)?.id ?? null
  const bytes = await readFile(join(samples, storedExplanationName(firstSample))).catch(() => null)
  const explanation = bytes && unpackExplanation(bytes)
  if (!explanation?.picture || history.list({ search: '', offset: 0, limit: 1 }).total > 0) return null
  const { name, bytes: picture } = await readSample(samples, firstSample)
  const { sha256, width, height, notes } = explanation.picture
  await pictures.add({ sha256, name, width, height, notes }, picture)
  const question = questionOf(explanation)
  const key = explanationKey({ info: explanation.model, provider: explanation.provider }, question)
  if (bytes !== null) cache.put('explanation', key, bytes)
  const { id } = history.add({
    cacheKey: key,
    picture: { sha256, name },
    model: explanation.model,
    prompt: question.prompt,
    completion: explanation.completion.text,
    question: keptQuestion(question),
  })
  keyValues.remember('sample', id)
  return id
}

function keptQuestion({ target, sampling, suppression, targets, chunks }: ExplainQuestion): KeptQuestion {
  return { target, sampling, suppression, targets, chunks }
}

function questionOf({ picture, prompt, completion, parameters }: Explanation): ExplainQuestion {
  const { sampling, suppression, targets, chunks } = parameters
  const target = completion.given ? completion.text : null
  return { picture: picture?.sha256 ?? null, prompt: prompt.text, target, sampling, suppression, targets, chunks }
}
