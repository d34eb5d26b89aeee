import { readFile } from 'node:fs/promises'
import { it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { explanationFile } from '../../../../../src/shared/explanation/file/record-file.ts'
import { explanationJson } from '../../../../../src/main/export/data/explanation-json.ts'
import { formatJson } from '../../../../../src/main/export/data/format-json.ts'
import { explanation } from '../hand-made.ts'

const name = 'cats.png'

describe('explanationJson', () => {
  it('is read back by the schema of the record’s file as it was written', () => {
    const file = explanationJson(explanation({ allTargets: true }), name, '1.2.3')
    expect(explanationFile.parse(JSON.parse(formatJson(file)))).toEqual(file)
  })

  it('has no field that docs/explanation-json.md does not name', async () => {
    const documented = await readFile('docs/explanation-json.md', 'utf8')
    const fields = keysOf(explanationJson(explanation(), name, '1.2.3'))
    expect(fields.length).toBeGreaterThan(50)
    expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(documented))).toEqual([])
  })

  it('has a row of relevance per input and a column per target', () => {
    const { inputs, targets, relevance } = explanationJson(explanation({ allTargets: true }), name, '1.2.3')
    expect(relevance.map((row) => row.length)).toEqual(inputs.map(() => targets.length))
  })

  it('writes a float32 in the fewest digits', () => {
    const { relevance, completion } = explanationJson(explanation({ relevance: () => Math.fround(0.1) }), name, '1')
    expect([relevance[0]?.[0], completion.tokens[0]?.logprob]).toEqual([0.1, -0.1])
  })

  it('writes null where there is no such candidate', () => {
    const whole = explanation()
    whole.relevance.candidates.fill(Number.NaN, 3, 5)
    const { candidates } = explanationJson(whole, name, '1')
    expect(candidates[0]?.slice(0, 2)).toEqual([
      [0, 0, 0, null, null],
      [0, 0, 0, 0, 0],
    ])
  })

  it('leaves picture and grid of a document empty', () => {
    const file = explanationJson(explanation({ picture: null }), null, '1')
    expect([file.picture, file.grid]).toEqual([null, null])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses a relevance of %s', (value) => {
    const attempt = () => explanationJson(explanation({ relevance: () => value }), name, '1')
    expect(failureFrom(attempt)?.code).toBe('model-not-finite')
  })

  it('refuses an infinite loss of a candidate', () => {
    const whole = explanation()
    whole.relevance.candidates.fill(Number.NEGATIVE_INFINITY, 0, 1)
    expect(failureFrom(() => explanationJson(whole, name, '1'))?.code).toBe('model-not-finite')
  })
})

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return keysOf(value[0])
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
}

function failureFrom(attempt: () => unknown) {
  try {
    attempt()
  } catch (error) {
    return failureOf(error)
  }
  return null
}
