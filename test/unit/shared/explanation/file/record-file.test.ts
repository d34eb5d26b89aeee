import { readFileSync } from 'node:fs'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { knownOf } from '../../../../../src/shared/explanation/known.ts'
import { readExplanationFile } from '../../../../../src/shared/explanation/file/record-file.ts'
import { isWhole } from '../../../../../src/shared/explanation/record.ts'
import { viewOf } from '../../../../../src/shared/explanation/view.ts'
import { explanationJson } from '../../../../../src/main/export/data/explanation-json.ts'
import { formatJson } from '../../../../../src/main/export/data/format-json.ts'
import { explanation } from '../../../main/export/hand-made.ts'

/** Written by the program when its files were of version 1. */
const version1: unknown = JSON.parse(readFileSync('test/fixtures/explanations/version-1.json', 'utf8'))

/** Nats as a matrix holds them; -0 is written as 0. */
const singles = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const lost = fc.oneof({ weight: 4, arbitrary: singles }, { weight: 1, arbitrary: fc.constant(Number.NaN) })

describe('readExplanationFile', () => {
  it.prop([fc.array(singles, { minLength: 1 }), fc.array(lost, { minLength: 1 }), fc.boolean()])(
    'reads what was written, bit for bit, also candidates that are not there',
    (relevance, candidates, document) => {
      let place = 0
      const whole = explanation({
        ...(document ? { picture: null } : {}),
        allTargets: true,
        relevance: () => relevance[place++ % relevance.length] as number,
      })
      whole.relevance.candidates.forEach((_, at, all) => (all[at] = candidates[at % candidates.length] as number))
      const name = document ? null : 'cats.png'
      const text = formatJson(explanationJson(whole, name, '1.2.3'))
      expect(readExplanationFile(JSON.parse(text))).toEqual({ explanation: whole, pictureName: name })
    },
  )

  it('opens a file of version 1 with all its numbers', () => {
    const { explanation: read, pictureName } = readExplanationFile(version1)
    expect([isWhole(read), pictureName, read.prompt.text, read.completion.text]).toEqual([
      true,
      null,
      'The cat is black and the dog is white. The cat',
      ' is Paul.',
    ])
    expect(read.parameters.suppression).toEqual({ strength: 0.9, threshold: 0.7, variant: 'shifted', layers: null })
    expect(read.prompt.tokens.map(({ span, text }) => read.prompt.text.slice(span.start, span.end) === text)).not.toContain(false)
    const { relevance } = version1 as { relevance: number[][] }
    expect(read.relevance.values).toEqual(Float32Array.from(relevance.flat()))
  })

  it('says that version 1 does not know what other candidates lost, instead of comparing with NaN', () => {
    const known = knownOf(readExplanationFile(version1).explanation)
    const about = { kind: 'tokens', tokens: [{ segment: 'completion', index: 1 }] } as const
    const question = { about, without: null, scale: 'answer' } as const
    const code = failureCode(() => viewOf(known, { ...question, against: { kind: 'candidate', place: 1 } }))
    expect(code).toBe('candidate-unknown')
    const { candidates } = viewOf(known, { ...question, against: { kind: 'nothing' } })
    expect(candidates.map(({ comparable }) => comparable)).toEqual(candidates.map(() => false))
  })

  it.each([
    ['another version', { schema: 'whence.explanation/3' }],
    ['rows that are too short', { relevance: [] }],
    ['inputs out of order', { inputs: [] }],
  ])('refuses %s', (_, change) => {
    const file = explanationJson(explanation({ picture: null }), null, '1')
    const inputs = 'inputs' in change ? [...file.inputs].reverse() : file.inputs
    expect(() => readExplanationFile({ ...file, ...change, inputs })).toThrow()
    expect(() => readExplanationFile(file)).not.toThrow()
  })
})

function failureCode(attempt: () => unknown): string | undefined {
  try {
    attempt()
  } catch (error) {
    return failureOf(error)?.code
  }
  return undefined
}
