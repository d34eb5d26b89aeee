import type { NodeProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { RowRequests } from '../../../../../src/main/graph/head/row-requests.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { openSmall } from '../small-graph.ts'

const graph = openSmall({
  inputs: { x: [] },
  nodes: [
    makeNode('Split', ['x'], ['left', 'right', 'unused', '']),
    makeNode('Neg', ['left'], ['a']),
    makeNode('Abs', ['left'], ['b']),
    makeNode('Exp', ['right'], ['c']),
  ],
  outputs: ['c'],
})
const node = (tensor: string): NodeProto => {
  const maker = graph.makerOf(tensor)
  if (maker === undefined) throw new Error(`nothing makes ${tensor}`)
  return maker
}

/** The axis along which the split may make some rows only, after some have asked for rows. */
function axisAfter(...asked: readonly (readonly [tensor: string, axis: number, reader: string])[]): number | null {
  const requests = new RowRequests()
  for (const [tensor, axis, reader] of asked) requests.add(tensor, axis, node(reader))
  return requests.axisFor(node('left'), graph)
}

describe('RowRequests', () => {
  const all = [
    ['left', -2, 'a'],
    ['left', -2, 'b'],
    ['right', -2, 'c'],
  ] as const
  it('agree when every user of every output has asked along one axis', () => {
    expect(axisAfter(...all)).toBe(-2)
  })

  it.each([
    ['one user has not asked', [all[0], all[2]]],
    ['one output is not asked for', [all[0], all[1]]],
    ['nobody has asked', []],
    ['users ask along several axes', [all[0], ['left', -3, 'b'], all[2]]],
    ['outputs are asked for along several axes', [all[0], all[1], ['right', -3, 'c']]],
    ['a user asks along several axes, the last the same', [['left', -3, 'a'], ...all]],
  ] as const)('do not agree when %s', (_, asked) => {
    expect(axisAfter(...asked)).toBeNull()
  })

  it('do not agree on an output of the graph, or on what nothing uses', () => {
    const requests = new RowRequests()
    requests.add('c', -2, node('a'))
    expect(requests.axisFor(node('c'), graph)).toBeNull()
    expect(requests.axisFor(node('a'), graph)).toBeNull()
  })
})
