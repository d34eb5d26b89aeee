import type { NodeProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { layerOfKeys } from '../../../../../src/main/graph/attention/keys.ts'
import { masksIn } from '../../../../../src/main/graph/attention/mask.ts'
import {
  lastChangeIn,
  productBelow,
  scaledAfter,
  scoreTensors,
  stepsDown,
} from '../../../../../src/main/graph/attention/score-steps.ts'
import type { ScoreStep } from '../../../../../src/main/graph/attention/score-steps.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { openSmall } from '../small-graph.ts'

/** An operator with its inputs, `*` for the scores; the scores alone where none are given. */
type Written = readonly [opType: string, ...others: string[]]

/** The way from a product `s0 = q x k` through some operators to a softmax; `s1` is what the first of them makes. */
function way(...operators: readonly Written[]) {
  const nodes = operators.map(([opType, ...others], at) => {
    const score = `s${at}`
    const inputs = others.length === 0 ? [score] : others.map((other) => (other === '*' ? score : other))
    return makeNode(opType, inputs, [`s${at + 1}`])
  })
  const softmax = makeNode('Softmax', [`s${operators.length}`], ['weights'])
  const graph = openSmall({
    inputs: { q: [], k: [], mask: [], number: [], flag: [] },
    nodes: [makeNode('MatMul', ['q', 'k'], ['s0']), ...nodes, softmax],
    outputs: ['weights'],
  })
  const steps = stepsDown(graph, graph.makerOf('weights') as NodeProto, scoreTensors(graph))
  return { graph, steps }
}

const opTypes = (steps: readonly ScoreStep[] | null): readonly string[] | undefined => steps?.map(({ node }) => node.opType)

describe('the steps from a softmax to its product', () => {
  it('lead through scale, mask and soft cap', () => {
    const { graph, steps } = way(['Div', '*', 'number'], ['Tanh'], ['Mul', 'number', '*'], ['Add', 'mask', '*'], ['Cast'])
    expect(opTypes(steps)).toEqual(['Softmax', 'Cast', 'Add', 'Mul', 'Tanh', 'Div'])
    expect(steps?.map(({ place }) => place)).toEqual([0, 0, 1, 1, 0, 0])
    expect(productBelow(graph, steps ?? [])?.opType).toBe('MatMul')
  })

  it.each(['Identity', 'Max', 'Clip', 'Concat', 'Reshape', 'Where'])('lead through %s', (opType) => {
    expect(opTypes(way([opType, '*', 'number']).steps)).toEqual(['Softmax', opType])
  })

  it('do not lead through operators that mix scores, through two scores, or from nowhere', () => {
    expect(way(['Sigmoid']).steps).toBeNull()
    expect(way(['Add', '*', '*']).steps).toBeNull()
    const loose = openSmall({ inputs: { x: [] }, nodes: [makeNode('Softmax', ['x'], ['weights'])], outputs: ['weights'] })
    expect(stepsDown(loose, loose.makerOf('weights') as NodeProto, new Set())).toBeNull()
  })

  it('are fifteen beside the softmax at most', () => {
    const casts = (count: number) => way(...Array.from({ length: count }, () => ['Cast'] as const)).steps?.length
    expect([casts(14), casts(15), casts(16)]).toEqual([15, undefined, undefined])
  })
})

describe('the last change of scores', () => {
  const changeOf = (...operators: readonly Written[]) => {
    const { steps } = way(...operators)
    if (steps === null) throw new Error('no way')
    const change = lastChangeIn(steps)
    return [change.node.opType, change.node.input[change.place], scaledAfter(steps, change)]
  }
  it.each<readonly [string, readonly Written[], readonly unknown[]]>([
    ['the softmax', [['Mul', '*', 'number']], ['Softmax', 's1', false]],
    [
      'the mask',
      [
        ['Mul', '*', 'number'],
        ['Add', '*', 'mask'],
      ],
      ['Add', 's1', false],
    ],
    [
      'the nearest of two masks',
      [
        ['Add', '*', 'mask'],
        ['Where', 'flag', '*', 'number'],
      ],
      ['Add', 's0', false],
    ],
    [
      'a choice',
      [
        ['Mul', '*', 'number'],
        ['Where', 'flag', '*', 'number'],
      ],
      ['Where', 's1', false],
    ],
    [
      'a soft cap with its division',
      [['Mul', '*', 'number'], ['Div', '*', 'number'], ['Tanh'], ['Mul', '*', 'number']],
      ['Div', 's1', false],
    ],
    [
      'a soft cap with a product for its division',
      [['Mul', '*', 'number'], ['Tanh'], ['Mul', '*', 'number']],
      ['Mul', 's0', false],
    ],
    ['a bare soft cap', [['Tanh'], ['Mul', '*', 'number']], ['Tanh', 's0', false]],
    ['a soft cap on what is cast', [['Cast'], ['Tanh']], ['Tanh', 's1', false]],
    [
      'a mask, scaled once more',
      [
        ['Add', '*', 'mask'],
        ['Mul', '*', 'number'],
      ],
      ['Add', 's0', true],
    ],
    [
      'a mask, divided once more',
      [
        ['Add', '*', 'mask'],
        ['Div', '*', 'number'],
      ],
      ['Add', 's0', true],
    ],
    ['a mask, cast', [['Add', '*', 'mask'], ['Cast']], ['Add', 's0', false]],
  ])('is %s', (_, operators, expected) => {
    expect(changeOf(...operators)).toEqual(expected)
  })
})

describe('masks', () => {
  it('are what is added and what chooses, nearest the scores first', () => {
    const { steps } = way(
      ['Add', 'mask', '*'],
      ['Where', 'flag', '*', 'number'],
      ['Where', 'flag', 'number', '*'],
      ['Mul', '*', 'number'],
    )
    expect(masksIn(steps ?? [])).toMatchObject([
      { kind: 'added', tensor: 'mask', place: 0 },
      { kind: 'chosen', condition: 'flag', visibleWhen: true },
      { kind: 'chosen', condition: 'flag', visibleWhen: false },
    ])
    expect(masksIn(way(['Add', '*', 'mask']).steps ?? [])).toMatchObject([{ tensor: 'mask', place: 1 }])
  })
})

describe('the layer of keys', () => {
  const layerOf = new Map([
    ['past0', 0],
    ['past1', 1],
  ])
  const inputs = { past0: [], past1: [], other: [] }
  const layer = (...nodes: readonly NodeProto[]) => layerOfKeys(openSmall({ inputs, nodes, outputs: ['keys'] }), 'keys', layerOf)
  it.each(['Transpose', 'Reshape', 'Expand', 'Unsqueeze', 'Squeeze', 'Div', 'Cast', 'Identity', 'Slice', 'Gather'])(
    'is found through the first input of %s',
    (opType) => {
      expect(layer(makeNode(opType, ['past1', 'past0'], ['keys']))).toBe(1)
      expect(layer(makeNode(opType, ['other', 'past0'], ['keys']))).toBeNull()
    },
  )

  it.each(['Concat', 'Mul'])('is found through any input of %s', (opType) => {
    expect(layer(makeNode(opType, ['other', 'past1'], ['keys']))).toBe(1)
  })

  it('is not found through other operators, or when there are two', () => {
    expect(layer(makeNode('Add', ['past1', 'other'], ['keys']))).toBeNull()
    expect(layer(makeNode('Concat', ['past0', 'past1'], ['keys']))).toBeNull()
    expect(layer(makeNode('Concat', ['past0', 'past0'], ['keys']))).toBe(0)
    expect(layerOfKeys(openSmall({ inputs, nodes: [], outputs: [] }), 'past0', layerOf)).toBe(0)
  })

  it('is not looked for further than 256 tensors', () => {
    const chain = (length: number) =>
      layer(
        ...Array.from({ length }, (_, at) =>
          makeNode('Identity', [at === 0 ? 'past1' : `t${at}`], [at === length - 1 ? 'keys' : `t${at + 1}`]),
        ),
      )
    expect([chain(255), chain(256)]).toEqual([1, null])
  })
})
