import { describe, expect, it } from 'vitest'
import { mutateOptions } from '../../../../scripts/mutate/options.ts'

describe('mutateOptions', () => {
  it('tries all mutants of all folders unless asked otherwise', () => {
    expect(mutateOptions([])).toEqual({ places: [], sample: null, seed: 1, list: false })
  })
  it('reads folders, the size of the sample and its seed', () => {
    expect(mutateOptions(['src/shared', '--sample', '40', '--seed', '7', '--list'])).toEqual({
      places: ['src/shared'],
      sample: 40,
      seed: 7,
      list: true,
    })
  })
  it.each([['--sample=some'], ['--sample=1.5'], ['--seed=-1'], ['--what']])('refuses %s', (argument) => {
    expect(() => mutateOptions([argument])).toThrow()
  })
})
