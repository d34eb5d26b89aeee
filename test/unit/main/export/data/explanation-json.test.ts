import { readFile } from 'node:fs/promises'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { explanationFile, explanationJson, formatJson } from '../../../../../src/main/export/data/explanation-json.ts'
import { explanation, provenance } from '../hand-made.ts'

const picture = { name: 'cats.png', provenance: provenance(768, 768) }

describe('explanationJson', () => {
  it('is read back by its schema as it was written', () => {
    const file = explanationJson(explanation({ allTargets: true }), picture, '1.2.3')
    expect(explanationFile.parse(JSON.parse(formatJson(file)))).toEqual(file)
  })

  it('has no field that docs/explanation-json.md does not name', async () => {
    const documented = await readFile('docs/explanation-json.md', 'utf8')
    const fields = keysOf(explanationJson(explanation(), picture, '1.2.3'))
    expect(fields.length).toBeGreaterThan(50)
    expect(fields.filter((field) => !new RegExp(`\\b${field}`).test(documented))).toEqual([])
  })

  it('has a row of relevance per input and a column per target', () => {
    const { inputs, targets, relevance } = explanationJson(explanation({ allTargets: true }), picture, '1.2.3')
    expect(relevance.map((row) => row.length)).toEqual(inputs.map(() => targets.length))
    expect(inputs.map(({ index }) => index)).toEqual(inputs.map((_, at) => at))
  })

  it('keeps every float32 of the relevance', () => {
    const whole = explanation({ relevance: (input, target) => Math.sin(input.index * 7.3 + target.index) })
    const numbers = (
      JSON.parse(formatJson(explanationJson(whole, picture, '1.2.3'))) as { relevance: number[][] }
    ).relevance.flat()
    expect(Float32Array.from(numbers)).toEqual(whole.relevance.values)
  })

  it('counts targets within their segment', () => {
    const { targets } = explanationJson(
      explanation({ prompt: ['A', ' b'], completion: [' c', ' d'], allTargets: true }),
      picture,
      '1',
    )
    expect(targets.map(({ segment, index }) => [segment, index])).toEqual([
      ['prompt', 0],
      ['prompt', 1],
      ['completion', 0],
      ['completion', 1],
    ])
  })

  it('says that the neighbourhood is off by a kappa of null', () => {
    const { suppression } = explanation().parameters
    const off = {
      ...explanation(),
      parameters: { ...explanation().parameters, suppression: { ...suppression, threshold: null, layers: [0, 2] } },
    }
    expect(explanationJson(off, picture, '1').parameters).toMatchObject({
      kappa: null,
      neighbourhood: false,
      layers: [0, 2],
      f: 0.9,
    })
  })

  it('leaves rows and columns of text empty, and picture and grid of a document', () => {
    const file = explanationJson(explanation({ picture: null }), null, '1')
    expect([file.picture, file.grid]).toEqual([null, null])
    expect(file.inputs.every(({ row, column }) => row === null && column === null)).toBe(true)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    const attempt = () => explanationJson(explanation({ relevance: () => value }), picture, '1')
    expect(failureFrom(attempt)?.code).toBe('model-not-finite')
  })
})

describe('formatJson', () => {
  it.prop([fc.dictionary(fc.string(), fc.jsonValue())])('is JSON of the same value', (value) => {
    const plain: unknown = JSON.parse(JSON.stringify(value))
    expect(JSON.parse(formatJson(plain as object))).toEqual(plain)
  })

  it('puts every row of numbers on a line of its own', () => {
    expect(formatJson({ relevance: [[1, 2], [3]] })).toBe('{\n  "relevance": [\n    [1,2],\n    [3]\n  ]\n}\n')
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
