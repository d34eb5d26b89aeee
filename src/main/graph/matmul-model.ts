import { create, toBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { FLOAT } from './onnx/element-type.ts'
import { makeNode } from './onnx/node.ts'
import { makeValueInfo } from './onnx/value-info.ts'

/** A model of one matrix product, `y = x · x` with square `x`: shows which provider really computes, and how fast a machine multiplies at best. */
export function matmulModel(): Uint8Array {
  const square = ['size', 'size']
  const model = create(ModelProtoSchema, {
    irVersion: 9n,
    opsetImport: [{ domain: '', version: 17n }],
    graph: {
      name: 'matmul',
      node: [makeNode('MatMul', ['x', 'x'], ['y'])],
      input: [makeValueInfo('x', FLOAT, square)],
      output: [makeValueInfo('y', FLOAT, square)],
    },
  })
  return toBinary(ModelProtoSchema, model)
}
