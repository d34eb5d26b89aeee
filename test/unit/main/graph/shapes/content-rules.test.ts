import { describe, expect, it } from 'vitest'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import type { AttributeValue } from '../../../../../src/main/graph/onnx/node.ts'
import { contentOf } from '../../../../../src/main/graph/shapes/content-rules.ts'
import type { Shape } from '../../../../../src/main/graph/shapes/known.ts'
import { knowing } from '../small-graph.ts'

const x: Shape = ['batch', 'new', 4]

describe('content', () => {
  const values = { a: ['batch', 'keys', 4], b: [2, 3, 2], one: [6], i: [-1, 0] }
  const known = knowing({ x }, values)
  it.each<readonly [string, readonly string[], Readonly<Record<string, AttributeValue>>, Shape | null]>([
    ['Shape', ['x'], {}, ['batch', 'new', 4]],
    ['Shape', ['x'], { start: 1 }, ['new', 4]],
    ['Shape', ['x'], { start: -2, end: -1 }, ['new']],
    ['Shape', ['nothing'], {}, null],
    ['Gather', ['a', 'i'], {}, [4, 'batch']],
    ['Gather', ['a', 'one'], {}, null],
    ['Gather', ['a', 'a'], {}, null],
    ['Concat', ['a', 'one'], { axis: 0 }, ['batch', 'keys', 4, 6]],
    ['Concat', ['a', 'nothing'], { axis: 0 }, null],
    ['Add', ['b', 'b'], {}, [4, 6, 4]],
    ['Add', ['one', 'b'], {}, [8, 9, 8]],
    ['Sub', ['b', 'one'], {}, [-4, -3, -4]],
    ['Mul', ['a', 'one'], {}, ['6*batch', '6*keys', 24]],
    ['Div', ['one', 'b'], {}, [3, 2, 3]],
    ['Add', ['a', 'b'], {}, ['batch+2', 'keys+3', 6]],
    ['Sub', ['b', 'a'], {}, null],
    ['Add', ['i', 'b'], {}, null],
    ['Add', ['i', 'one'], {}, [5, 6]],
    ['Add', ['i', 'nothing'], {}, null],
    ...['Squeeze', 'Unsqueeze', 'Cast', 'Identity', 'Reshape'].map((opType) => [opType, ['a', 'i'], {}, values.a] as const),
    ['Neg', ['b'], {}, null],
  ])('of %s(%s, %o) is %o', (opType, inputs, attributes, expected) => {
    expect(contentOf(makeNode(opType, inputs, ['y'], attributes), known)).toEqual(expected)
  })

  it.each<readonly [number[], number[], number[] | null, Shape | null]>([
    [[1], [3], null, ['keys', 4]],
    [[-2], [99], null, ['keys', 4]],
    [[-9], [1], null, ['batch']],
    [[0], [-1], [1], ['batch', 'keys']],
    [[0], [2], [2], null],
    [[0, 1], [2], null, null],
    [[0], [2, 3], null, null],
  ])('of a slice from %o to %o in steps of %o is %o', (start, end, step, expected) => {
    const inputs = ['a', 'start', 'end', '', ...(step === null ? [] : ['step'])]
    const all = knowing({}, { ...values, start, end, ...(step === null ? {} : { step }) })
    expect(contentOf(makeNode('Slice', inputs, ['y']), all)).toEqual(expected)
  })
})
