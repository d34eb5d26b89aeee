import { parseArgs } from 'node:util'
import { z } from 'zod'

/** What `npm run mutate` is asked for. */
export interface MutateOptions {
  /** Folders or files; all mutated folders when empty. */
  readonly places: readonly string[]
  /** How many mutants of each folder are tried; `null` for all. */
  readonly sample: number | null
  /** Seed of the sample: the same mutants for the same seed and the same code. */
  readonly seed: number
  /** Whether mutants are only listed. */
  readonly list: boolean
}

const count = z.coerce.number().int().nonnegative()

/** How the command is used. */
export const usage = 'npm run mutate -- [folder or file ...] [--sample N] [--seed N] [--list]'

/**
 * Reads the command's arguments.
 * @throws with a sentence for the terminal when an option is unknown or no whole number
 */
export function mutateOptions(args: readonly string[]): MutateOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' }, list: { type: 'boolean', default: false } },
  })
  const sample = values.sample === undefined ? null : count.parse(values.sample)
  return { places: positionals, sample, seed: count.parse(values.seed), list: values.list }
}
