import { readFileSync } from 'node:fs'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { knownOf } from '../../../../../src/shared/explanation/known.ts'
import { matrixRows, readExplanationFile } from '../../../../../src/shared/explanation/file/record-file.ts'
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

describe('a file whose parts do not fit together', () => {
  const file = explanationJson(explanation(), 'cats.png', '1')
  const refused = (change: object) => () => readExplanationFile({ ...file, ...change })
  const inputs = (place: number, change: object) => ({
    inputs: file.inputs.map((input, at) => (at === place ? { ...input, ...change } : input)),
  })
  const targets = (place: number, change: object) => ({
    targets: file.targets.map((target, at) => (at === place ? { ...target, ...change } : target)),
  })
  const rows = (change: (row: readonly number[], at: number) => readonly number[]) => ({ relevance: file.relevance.map(change) })

  it.each([
    ['an index that is not its place', inputs(3, { index: 4 }), 'input 3 has the index 4'],
    ['an input of no position', inputs(2, { members: [] }), 'the members of input 2 are not in the sequence'],
    // 144 patches and 8 tokens, the last of which is never read.
    ['a position after the sequence', inputs(2, { members: [2, 151] }), 'the members of input 2 are not in the sequence'],
    ['a patch below the grid', inputs(5, { row: 12 }), 'input 5 is not in the grid'],
    ['a patch beside the grid', inputs(5, { column: 12 }), 'input 5 is not in the grid'],
    ['a patch without a row', inputs(5, { row: null }), 'input 5 is not in the grid'],
    ['a patch without a column', inputs(5, { column: null }), 'input 5 is not in the grid'],
    ['a column that is not its place', targets(1, { column: 0 }), 'target 1 has the column 0'],
    ['a target after the completion', targets(2, { index: 3 }), 'there is no element 3'],
    ['a row that is too short', rows((row, at) => (at === 7 ? row.slice(1) : row)), 'there is no element 2'],
    ['too few rows', { relevance: file.relevance.slice(1) }, 'there is no element 150'],
    ['too few candidates', { candidates: file.candidates.slice(1) }, 'there is no element 150'],
  ])('is refused for %s', (_, change, said) => expect(refused(change)).toThrow(said))

  it('reads a position at the very end, and patches at the edges', () => {
    expect(refused(inputs(2, { members: [2, 150] }))).not.toThrow()
    expect(refused(inputs(5, { row: 11, column: 11 }))).not.toThrow()
  })

  it('is refused for a patch without a grid', () => {
    const text = explanationJson(explanation({ picture: null }), null, '1')
    const patch = { ...text.inputs[0], kind: 'patch', segment: 'image', row: 0, column: 0 }
    expect(() => readExplanationFile({ ...text, inputs: [patch, ...text.inputs.slice(1)] })).toThrow('input 0 is not in the grid')
  })
})

describe('a file', () => {
  const file = explanationJson(explanation(), 'cats.png', '1.2.3')

  it('may hold more fields than are known, but not in its parts', () => {
    expect(() => readExplanationFile({ ...file, note: 'later' })).not.toThrow()
    expect(() => readExplanationFile({ ...file, generator: { ...file.generator, note: 1 } })).toThrow()
    expect(() => readExplanationFile({ ...file, picture: { ...file.picture, note: 1 } })).toThrow()
  })
  it.each(Object.keys(file))('is refused without its %s', (name) => {
    expect(() => readExplanationFile({ ...file, [name]: undefined })).toThrow()
  })
  it('of another program, or of no version, is refused', () => {
    expect(() => readExplanationFile({ ...file, generator: { name: 'other', version: '1' } })).toThrow()
    expect(() => readExplanationFile({ ...file, generator: { name: 'whence', version: 1 } })).toThrow()
    expect([file.schema, file.generator]).toEqual(['whence.explanation/2', { name: 'whence', version: '1.2.3' }])
  })
  it('keeps the name of its picture beside the record', () => {
    const { explanation: read, pictureName } = readExplanationFile(file)
    expect([pictureName, read.picture]).toEqual(['cats.png', explanation().picture])
  })
  it('holds log-probabilities as 32-bit floats again', () => {
    const [token] = file.completion.tokens
    const [target] = file.targets
    const written = {
      ...file,
      completion: { ...file.completion, tokens: [{ ...token, logprob: -0.3 }, ...file.completion.tokens.slice(1)] },
      targets: [{ ...target, logprob: -0.7 }, ...file.targets.slice(1)],
    }
    const { explanation: read } = readExplanationFile(written)
    expect([read.completion.tokens[0]?.logprob, read.targets[0]?.logprob]).toEqual([Math.fround(-0.3), Math.fround(-0.7)])
    expect(read.targets[0]?.candidates.map(({ logprob }) => logprob)).toEqual([-0.1, -1.1, -2.1, -3.1, -4.1].map(Math.fround))
  })
})

describe('matrixRows', () => {
  it('writes one row per input, one number per target, five candidates each, and null for what is not there', () => {
    const matrix = {
      inputs: 2,
      targets: 1,
      values: Float32Array.of(1, 2),
      candidates: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, Number.NaN, 10),
    }
    expect(matrixRows(matrix, (value) => 10 * value)).toEqual({
      relevance: [[10], [20]],
      candidates: [[[10, 20, 30, 40, 50]], [[60, 70, 80, null, 100]]],
    })
  })
})

describe('a file of version 1', () => {
  const read = readExplanationFile(version1).explanation

  it('has the spans of its tokens from their texts', () => {
    expect(read.completion.tokens.map(({ span }) => span)).toEqual(spansOf(read.completion.tokens))
    expect(read.prompt.tokens.slice(0, 3).map(({ span }) => span)).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 7 },
      { start: 7, end: 10 },
    ])
  })
  it('has the settings under their present names', () => {
    const { parameters, timings } = version1 as {
      parameters: { sampling: Record<string, number> }
      timings: Record<string, number | string>
    }
    expect(read.parameters).toMatchObject({ inputs: 'all', targets: 'all', chunks: null })
    expect(read.parameters.sampling).toEqual({ maxNewTokens: 3, temperature: 0, topK: 0, topP: 1, seed: 0 })
    expect(parameters.sampling['max_new_tokens']).toBe(3)
    expect(read.timings).toEqual({
      loadMs: timings['load_ms'],
      imageMs: timings['image_ms'],
      generateMs: timings['generate_ms'],
      sweepMs: timings['sweep_ms'],
      passes: timings['passes'],
      bank: timings['bank'],
    })
  })
  it('numbers its targets, and knows nothing of what candidates lost', () => {
    expect(read.targets.map(({ column }) => column)).toEqual(read.targets.map((_, place) => place))
    expect(read.relevance.candidates).toHaveLength(5 * read.inputs.length * read.targets.length)
    expect(read.relevance.candidates.every(Number.isNaN)).toBe(true)
  })
  it.each([
    { parameters: {} },
    { prompt: { text: 'a' } },
    { completion: { text: 'a', tokens: [{}] } },
    { timings: {} },
    { relevance: [['1']] },
    { targets: [1] },
  ])('is refused with %j', (change) => {
    expect(() => readExplanationFile({ ...(version1 as object), ...change })).toThrow()
  })
})

function spansOf(tokens: readonly { readonly text: string }[]) {
  return tokens.map(({ text }, place) => {
    const start = tokens
      .slice(0, place)
      .map((token) => token.text)
      .join('').length
    return { start, end: start + text.length }
  })
}

function failureCode(attempt: () => unknown): string | undefined {
  try {
    attempt()
  } catch (error) {
    return failureOf(error)?.code
  }
  return undefined
}
