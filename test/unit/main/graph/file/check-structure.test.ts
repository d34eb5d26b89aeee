import { create } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  FunctionProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  SparseTensorProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProtoSchema,
} from 'onnx-buf'
import type { GraphProto, ModelProto, NodeProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { checkStructure } from '../../../../../src/main/graph/file/check-structure.ts'
import { Refused } from '../../../../../src/main/graph/file/refusal.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { floatTensor } from '../../../../../src/main/graph/onnx/tensor.ts'
import { modelOf } from '../small-graph.ts'

/** The weights that are checked, or why the model is refused. */
function checked(model: ModelProto): readonly string[] | string {
  const names: string[] = []
  try {
    checkStructure(model, ({ name }) => names.push(name))
    return names
  } catch (error) {
    if (error instanceof Refused) return `${error.kind}: ${error.message}`
    throw error
  }
}

const graphWith = (fields: Partial<Pick<GraphProto, 'node' | 'initializer' | 'sparseInitializer'>>): ModelProto =>
  modelOf(create(GraphProtoSchema, fields))
const nodeWith = (attribute: Parameters<typeof create<typeof AttributeProtoSchema>>[1]): NodeProto =>
  create(NodeProtoSchema, { opType: 'If', output: ['y'], attribute: [create(AttributeProtoSchema, attribute)] })
const inner = (fields: Partial<Pick<GraphProto, 'node' | 'initializer'>>): NodeProto =>
  nodeWith({ type: AttributeType.GRAPH, g: create(GraphProtoSchema, fields) })

describe('checkStructure', () => {
  it('checks every weight: of the graph, of attributes and of inner graphs', () => {
    const attribute = nodeWith({ t: floatTensor('of attribute', [1]), tensors: [floatTensor('of list', [1])] })
    const nested = Object.assign(inner({ initializer: [floatTensor('inner', [1])] }), { output: ['z'] })
    const listed = create(NodeProtoSchema, {
      opType: 'If',
      output: ['w'],
      attribute: [
        create(AttributeProtoSchema, { graphs: [create(GraphProtoSchema, { initializer: [floatTensor('listed', [1])] })] }),
      ],
    })
    const model = graphWith({ initializer: [floatTensor('own', [1])], node: [attribute, nested, listed] })
    expect(checked(model)).toEqual(['own', 'of attribute', 'of list', 'inner', 'listed'])
  })

  it.each(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft'])('takes operators of the domain "%s"', (domain) => {
    expect(checked(graphWith({ node: [makeNode('Neg', ['x'], ['y'], {}, domain)] }))).toEqual([])
  })

  const sparse = create(SparseTensorProtoSchema, {})
  const elsewhere = create(TensorProtoSchema, { name: 't', externalData: [{ key: 'location', value: 'w' }] })
  const said = create(TensorProtoSchema, { name: 't', dataLocation: DataLocation.EXTERNAL })
  it.each<readonly [string, ModelProto]>([
    ['invalid: holds no graph', create(ModelProtoSchema, {})],
    ['invalid: defines operators of its own', Object.assign(graphWith({}), { functions: [create(FunctionProtoSchema, {})] })],
    ['invalid: holds sparse weights', graphWith({ sparseInitializer: [sparse] })],
    ['invalid: holds sparse weights', graphWith({ node: [nodeWith({ sparseTensor: sparse })] })],
    ['invalid: holds sparse weights', graphWith({ node: [nodeWith({ sparseTensors: [sparse] })] })],
    ['invalid: defines w twice', graphWith({ initializer: [floatTensor('w', [1]), floatTensor('w', [1])] })],
    ['invalid: has a cycle', graphWith({ node: [makeNode('Neg', ['a'], ['b']), makeNode('Neg', ['b'], ['a'])] })],
    [
      'unsafe: holds a program for one device (EPContext)',
      graphWith({ node: [makeNode('EPContext', [], ['x'], {}, 'com.microsoft')] }),
    ],
    ['unsafe: uses operators of evil', graphWith({ node: [makeNode('Neg', [], ['x'], {}, 'evil')] })],
    ['unsafe: uses operators of evil', graphWith({ node: [inner({ node: [makeNode('Neg', [], ['x'], {}, 'evil')] })] })],
    ['unsafe: takes the value of an attribute from a file', graphWith({ node: [nodeWith({ t: elsewhere })] })],
    ['unsafe: takes the value of an attribute from a file', graphWith({ node: [nodeWith({ t: said })] })],
    ['unsafe: takes the value of an attribute from a file', graphWith({ node: [nodeWith({ tensors: [elsewhere] })] })],
  ])('refuses: %s', (reason, model) => {
    expect(checked(model)).toBe(reason)
  })
})
