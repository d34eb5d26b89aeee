import { create } from '@bufbuild/protobuf'
import { AttributeProtoSchema, NodeProtoSchema } from 'onnx-buf'
import type { NodeProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { smallValues } from '../../../../../src/main/graph/onnx/tensor.ts'
import { liftConstants } from '../../../../../src/main/graph/shapes/constants.ts'
import { inferShapes } from '../../../../../src/main/graph/shapes/shapes.ts'
import type { Shape } from '../../../../../src/main/graph/shapes/known.ts'
import { takeShapesFromInputs } from '../../../../../src/main/graph/shapes/shapes-from-inputs.ts'
import { contract, list, openSmall } from '../small-graph.ts'

const inputs: Readonly<Record<string, Shape>> = {
  x: ['b', 's', 4],
  mask: ['b', 't'],
  ids: ['b', 's'],
  pastKey: ['b', 2, 'p', 4],
  pastValue: ['b', 2, 'p', 4],
  other: ['b', '', 3],
}

describe('inferShapes', () => {
  const shapesOf = (given: Readonly<Record<string, Shape>>, nodes: readonly NodeProto[] = []) =>
    inferShapes(openSmall({ inputs: given, constants: [list('list', 3, 4)], nodes, outputs: [] }), contract)

  it('knows the inputs of a decoder by name', () => {
    const { shapeOf } = shapesOf(inputs)
    expect(['x', 'mask', 'ids', 'pastKey', 'pastValue'].map(shapeOf)).toEqual([
      ['batch', 'new', 4],
      ['batch', 'keys'],
      ['batch', 'new'],
      ['batch', 2, 'past', 4],
      ['batch', 2, 'past', 4],
    ])
  })

  it('takes other inputs as they are declared, and numbers what the file fixes', () => {
    expect(shapesOf(inputs).shapeOf('other')).toEqual(['b', '?0', 3])
    expect(shapesOf({ ...inputs, x: [1, 's', 4] }).shapeOf('x')).toEqual([1, 'new', 4])
    expect(shapesOf({ ...inputs, ids: [3, 'b', 's'] }).shapeOf('ids')).toEqual([3, 'b', 's'])
  })

  it('knows an input whose sizes are not declared by its name alone', () => {
    const graph = openSmall({ inputs, nodes: [], outputs: [] })
    for (const { type } of graph.inputs) if (type?.value.case === 'tensorType') delete type.value.value.shape
    const { shapeOf } = inferShapes(graph, contract)
    expect([shapeOf('mask'), shapeOf('other')]).toEqual([['batch', 'keys'], null])
  })

  it('knows constants, what follows from them, and nothing else', () => {
    const { shapeOf, valuesOf } = shapesOf(inputs, [
      makeNode('Add', ['list', 'list'], ['twice']),
      makeNode('Run', ['list'], ['unknown'], {}, 'own'),
      makeNode('SkipLayerNormalization', ['x', 'x', 'list'], ['norm', '', '', 'sum'], {}, 'com.microsoft'),
    ])
    expect([shapeOf('list'), valuesOf('list'), shapeOf('twice'), valuesOf('twice')]).toEqual([[2], [3, 4], [2], [6, 8]])
    expect([shapeOf('unknown'), valuesOf('unknown'), shapeOf('absent'), valuesOf('x')]).toEqual([null, null, null, null])
    expect([shapeOf('norm'), shapeOf('sum'), shapeOf('')]).toEqual([['batch', 'new', 4], ['batch', 'new', 4], null])
  })
})

describe('takeShapesFromInputs', () => {
  const nodes = [
    makeNode('Abs', ['x'], ['y']),
    makeNode('Shape', ['y'], ['ofTensor']),
    makeNode('Shape', ['x'], ['ofInput']),
    makeNode('Shape', ['other'], ['ofOther']),
    makeNode('Shape', ['y'], ['ofNothing'], { start: 2, end: 1 }),
    makeNode('Transpose', ['mask'], ['turned']),
    makeNode('Shape', ['turned'], ['ofMask']),
    makeNode('Identity', ['pastKey'], ['key']),
    makeNode('Shape', ['key'], ['ofKey']),
  ]
  const rewritten = (whose?: 'all') => {
    const graph = openSmall({ inputs, nodes, outputs: ['ofTensor'] })
    takeShapesFromInputs(graph, inferShapes(graph, contract), contract, whose)
    const parts = (tensor: string) =>
      graph.makerOf(tensor)?.input.map((part) => {
        const gather = graph.makerOf(part)
        const place = gather && smallValues(graph.initializers.get(gather.input[1] ?? ''))
        return gather === undefined
          ? smallValues(graph.initializers.get(part))
          : [graph.makerOf(gather.input[0] ?? '')?.input[0], place]
      })
    return { graph, parts, maker: (tensor: string) => graph.makerOf(tensor)?.opType }
  }

  it('reads sizes with a name off the inputs, and writes numbers down', () => {
    const { parts } = rewritten()
    expect(parts('ofTensor')).toEqual([['x', [0]], ['x', [1]], [4]])
    expect(parts('ofMask')).toEqual([
      ['mask', [1]],
      ['x', [0]],
    ])
    expect(parts('ofKey')).toEqual([['x', [0]], [2], ['pastKey', [2]], [4]])
  })

  it('leaves alone what is read off an input already, and what it cannot write', () => {
    const { maker } = rewritten()
    expect(['ofInput', 'ofOther', 'ofNothing'].map(maker)).toEqual(['Shape', 'Shape', 'Shape'])
  })

  it('reads one size off one input everywhere where it is told to', () => {
    const { parts, maker } = rewritten('all')
    expect([maker('ofInput'), maker('ofOther')]).toEqual(['Concat', 'Shape'])
    expect(parts('ofInput')).toEqual(parts('ofTensor'))
  })

  it('reads each size once', () => {
    const { graph } = rewritten('all')
    const gathers = [...graph.nodes].filter(({ opType }) => opType === 'Gather')
    expect(gathers).toHaveLength(4)
  })
})

describe('liftConstants', () => {
  const constant = (name: string, attribute: object): NodeProto =>
    create(NodeProtoSchema, { opType: 'Constant', output: [name], attribute: [create(AttributeProtoSchema, attribute)] })

  it('turns every kind of constant into an initializer of its name', () => {
    const graph = openSmall({
      inputs: {},
      nodes: [
        constant('tensor', { name: 'value', t: list('old', 1, 2) }),
        constant('integer', { name: 'value_int', i: 7n }),
        constant('integers', { name: 'value_ints', ints: [1n, 2n, 3n] }),
        constant('float', { name: 'value_float', f: 0.5 }),
        constant('floats', { name: 'value_floats', floats: [1, 2] }),
        constant('text', { name: 'value_string', s: new Uint8Array(1) }),
        makeNode('Neg', ['integer'], ['kept']),
      ],
      outputs: [],
    })
    liftConstants(graph)
    const lifted = [...graph.initializers].map(([name, tensor]) => [
      name,
      tensor.name,
      tensor.dims.map(Number),
      smallValues(tensor),
    ])
    expect(lifted).toEqual([
      ['tensor', 'tensor', [2], [1, 2]],
      ['integer', 'integer', [], [7]],
      ['integers', 'integers', [3], [1, 2, 3]],
      ['float', 'float', [], [0.5]],
      ['floats', 'floats', [2], [1, 2]],
    ])
    expect([...graph.nodes].map(({ opType }) => opType)).toEqual(['Constant', 'Neg'])
    expect(graph.makerOf('integer')).toBeUndefined()
  })
})
