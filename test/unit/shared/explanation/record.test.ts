import { describe, expect, it } from 'vitest'
import { identityOf, modelInfo } from '../../../../src/shared/explanation/model/model-info.ts'
import { jointPass } from '../../../../src/shared/explanation/joint-pass.ts'
import {
  candidateCount,
  explanation as record,
  inputKinds,
  isWhole,
  pictureFormats,
  textRoles,
} from '../../../../src/shared/explanation/record.ts'
import { explanation, model } from '../../main/export/hand-made.ts'

const whole = explanation({ picture: { width: 100, height: 80 } })

/** A copy with another value at a path of names and places. */
function changed(value: unknown, [name, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (name === undefined) return to
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string | number, unknown>
  copy[name] = changed(copy[name], rest, to)
  return copy
}

const places: readonly (readonly (string | number)[])[] = [
  [],
  ['model'],
  ['picture'],
  ['picture', 'seen'],
  ['grid'],
  ['prompt'],
  ['prompt', 'tokens', 0],
  ['prompt', 'tokens', 0, 'span'],
  ['completion'],
  ['completion', 'tokens', 0],
  ['completion', 'tokens', 0, 'candidates', 0],
  ['inputs', 0],
  ['targets', 0],
  ['timings'],
  ['relevance'],
]

describe('the record', () => {
  it('is read as it is', () => expect(record.parse(whole)).toEqual(whole))

  it('asks for every one of its fields, and takes no other', () => {
    for (const place of places) {
      const holder = place.reduce<unknown>((value, name) => (value as Record<string | number, unknown>)[name], whole) as object
      for (const name of Object.keys(holder)) {
        expect([...place, name, record.safeParse(changed(whole, [...place, name], undefined)).success]).toEqual([
          ...place,
          name,
          false,
        ])
      }
      expect([...place, record.safeParse(changed(whole, [...place, 'extra'], 1)).success]).toEqual([...place, false])
    }
  })

  it.each([
    [['model', 'sha256'], 'ab'],
    [['provider'], 'tpu'],
    [['picture', 'format'], 'bmp'],
    [['picture', 'width'], 1.5],
    [['picture', 'notes'], [1]],
    [['inputs', 0, 'kind'], 'pixel'],
    [['inputs', 0, 'segment'], 'picture'],
    [['inputs', 0, 'row'], -1],
    [['targets', 0, 'segment'], 'image'],
    [['completion', 'given'], 'no'],
    [['timings', 'bank'], 'hot'],
    [['timings', 'loadMs'], -0.1],
    [['timings', 'passes'], 0.5],
    [
      ['relevance', 'values'],
      [1, 2],
    ],
  ])('refuses another value of %j', (path, value) => {
    expect(record.safeParse(changed(whole, path, value)).success).toBe(false)
  })

  it.each([
    [['picture'], null],
    [['grid'], null],
    [['inputs', 0, 'row'], null],
    [['inputs', 0, 'column'], null],
    [['inputs', 0, 'segment'], 'image'],
    [['timings', 'imageMs'], 0],
    [['timings', 'bank'], 'none'],
    [['timings', 'bank'], 'cold'],
    [['timings', 'bank'], 'warm'],
  ])('takes at %j the value %j', (path, value) => {
    expect(record.safeParse(changed(whole, path, value)).success).toBe(true)
  })

  it('knows these kinds of input, text and picture', () => {
    expect(inputKinds).toEqual(['patch', 'token', 'word', 'chunk'])
    expect(textRoles).toEqual(['prompt', 'completion'])
    expect(pictureFormats).toEqual(['jpeg', 'png', 'webp', 'gif', 'tiff'])
    expect(candidateCount).toBe(5)
  })
})

describe('isWhole', () => {
  const { relevance } = whole
  it('asks for one number per input and target, and five for its candidates', () => {
    expect(isWhole(whole)).toBe(true)
    const broken = [
      { inputs: relevance.inputs + 1 },
      { targets: relevance.targets + 1 },
      { values: relevance.values.subarray(1) },
      { candidates: relevance.candidates.subarray(1) },
    ]
    expect(broken.map((change) => isWhole({ ...whole, relevance: { ...relevance, ...change } }))).toEqual(broken.map(() => false))
  })
})

describe('what is known of a model', () => {
  it('is asked for whole', () => {
    expect(modelInfo.parse(model)).toEqual(model)
    for (const name of Object.keys(model))
      expect([name, modelInfo.safeParse(changed(model, [name], undefined)).success]).toEqual([name, false])
    expect(modelInfo.safeParse({ ...model, extra: 1 }).success).toBe(false)
    expect(modelInfo.safeParse({ ...model, grid: { rows: 1 } }).success).toBe(false)
    expect(modelInfo.safeParse({ ...model, grid: null, imageSize: null, knows: null }).success).toBe(true)
  })
  it('is told apart by four fields', () => {
    expect(identityOf(model)).toEqual({ name: 'hand-made', sha256: 'ab'.repeat(32), family: 'magma', precision: 'f32' })
  })
})

describe('a joint pass', () => {
  const pass = { members: [0, 1], neighbours: true, relevance: Float32Array.of(1), candidates: new Float32Array(5) }
  it('is asked for whole', () => {
    expect(jointPass.parse(pass)).toEqual(pass)
    for (const name of Object.keys(pass))
      expect([name, jointPass.safeParse(changed(pass, [name], undefined)).success]).toEqual([name, false])
    expect(jointPass.safeParse({ ...pass, extra: 1 }).success).toBe(false)
    expect(jointPass.safeParse({ ...pass, relevance: [1] }).success).toBe(false)
  })
  it('is of at most 65,536 positions', () => {
    const of = (length: number) => jointPass.safeParse({ ...pass, members: new Array<number>(length).fill(0) }).success
    expect([of(65_536), of(65_537)]).toEqual([true, false])
  })
})
