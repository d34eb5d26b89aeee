import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sourcesOf } from '../../../../scripts/mutate/sources.ts'

it('sourcesOf reads a folder with the folders in it, or one file', () => {
  const mutator = sourcesOf('scripts/mutate')
  expect([...sourcesOf('scripts').keys()]).toEqual(expect.arrayContaining([...mutator.keys(), 'scripts/mutate.ts']))
  expect(mutator.get('scripts/mutate/sample.ts')).toBe(readFileSync('scripts/mutate/sample.ts', 'utf8'))
  expect(mutator.has('scripts/tsconfig.json')).toBe(false)
  expect([...sourcesOf('scripts/mutate/sample.ts').keys()]).toEqual(['scripts/mutate/sample.ts'])
})
