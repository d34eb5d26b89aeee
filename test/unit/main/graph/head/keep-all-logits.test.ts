import { describe, expect, it } from 'vitest'
import { keepAllLogits } from '../../../../../src/main/graph/head/keep-all-logits.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import type { OnnxGraph } from '../../../../../src/main/graph/onnx/onnx-graph.ts'
import { list, openSmall } from '../small-graph.ts'

const limit = 'num_logits_to_keep'
const opTypes = (graph: OnnxGraph): string[] => [...graph.nodes].map(({ opType }) => opType)

function graphWith(nodes: Parameters<typeof openSmall>[0]['nodes'], outputs = ['logits']): OnnxGraph {
  const graph = openSmall({
    inputs: { x: [], [limit]: [] },
    constants: [list('end', 9), list('shape', 1)],
    nodes,
    outputs,
    types: { [limit]: 7 },
  })
  keepAllLogits(graph)
  return graph
}

describe('keepAllLogits', () => {
  it.each(['Neg', 'Unsqueeze', 'Squeeze', 'Reshape', 'Cast', 'Identity', 'Mul'])(
    'takes out a slice that begins at a count through %s',
    (opType) => {
      const graph = graphWith([
        makeNode(opType, [limit, 'shape'], ['start']),
        makeNode('Slice', ['x', 'start', 'end'], ['kept']),
        makeNode('Neg', ['kept'], ['logits']),
      ])
      expect(opTypes(graph)).toEqual(['Neg'])
      expect(graph.makerOf('logits')?.input).toEqual(['x'])
      expect(graph.inputs.map(({ name }) => name)).toEqual(['x'])
    },
  )

  it('takes out every slice, through several steps', () => {
    const graph = graphWith([
      makeNode('Neg', [limit], ['negative']),
      makeNode('Reshape', ['negative', 'shape'], ['start']),
      makeNode('Slice', ['x', 'start', 'end'], ['one']),
      makeNode('Slice', ['x', 'negative', 'end'], ['two']),
      makeNode('Add', ['one', 'two'], ['logits']),
    ])
    expect(graph.makerOf('logits')?.input).toEqual(['x', 'x'])
  })

  it.each([
    ['ends at the count', makeNode('Slice', ['x', 'shape', limit], ['kept'])],
    ['takes the count through another operator', makeNode('Slice', ['x', 'other', 'end'], ['kept'])],
  ])('leaves a slice that %s, and the input with it', (_, slice) => {
    const graph = graphWith([makeNode('Abs', [limit], ['other']), slice, makeNode('Neg', ['kept'], ['logits'])])
    expect(opTypes(graph)).toContain('Slice')
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x', limit])
  })

  it('leaves a slice that is an output itself', () => {
    expect(opTypes(graphWith([makeNode('Slice', ['x', limit, 'end'], ['logits'])]))).toEqual(['Slice'])
  })

  it('drops the input that nothing uses, and only that', () => {
    const graph = graphWith([makeNode('Neg', ['x'], ['logits'])])
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x'])
  })
})
