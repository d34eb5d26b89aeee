import { create } from '@bufbuild/protobuf'
import { AttributeProto_AttributeType as AttributeType, AttributeProtoSchema, GraphProtoSchema, NodeProtoSchema } from 'onnx-buf'
import type { NodeProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { OnnxGraph } from '../../../../../src/main/graph/onnx/onnx-graph.ts'
import { smallValues } from '../../../../../src/main/graph/onnx/tensor.ts'
import { declaredShape, elementType, makeValueInfo } from '../../../../../src/main/graph/onnx/value-info.ts'
import { list, openSmall } from '../small-graph.ts'

/** a -> Neg -> b -> Add(b, two) -> c, and Abs(a) -> unused. */
const chain = (): OnnxGraph =>
  openSmall({
    inputs: { a: ['batch'] },
    constants: [list('two', 2), list('spare', 1)],
    nodes: [makeNode('Add', ['b', 'two'], ['c']), makeNode('Neg', ['a'], ['b']), makeNode('Abs', ['a'], ['unused'])],
    outputs: ['c'],
  })

/** An If whose branch reads a tensor of the outer graph. */
function choice(captured: string, condition = 'flag'): NodeProto {
  const branch = create(GraphProtoSchema, {
    node: [makeNode('Neg', [captured], ['inner']), makeNode('Abs', ['inner'], ['made'])],
    input: [makeValueInfo('own', 1, [])],
    initializer: [list('held', 1)],
    output: [makeValueInfo('made', 1, [])],
  })
  const attribute = create(AttributeProtoSchema, { name: 'then_branch', type: AttributeType.GRAPH, g: branch })
  return create(NodeProtoSchema, { opType: 'If', input: [condition, ''], output: ['chosen', ''], attribute: [attribute] })
}

const opTypes = (nodes: Iterable<NodeProto>): string[] => [...nodes].map(({ opType }) => opType)

describe('OnnxGraph', () => {
  it('knows who makes and who uses a tensor', () => {
    const graph = chain()
    expect(graph.makerOf('b')?.opType).toBe('Neg')
    expect(graph.makerOf('a')).toBeUndefined()
    expect(graph.makerOf('two')).toBeUndefined()
    expect(opTypes(graph.usersOf('a'))).toEqual(['Neg', 'Abs'])
    expect([...graph.usersOf('c')]).toEqual([])
    expect([graph.isOutput('c'), graph.isOutput('b')]).toEqual([true, false])
  })

  it('takes an initializer that is declared as an input for a constant', () => {
    const proto = create(GraphProtoSchema, {
      initializer: [list('w', 1)],
      input: [makeValueInfo('w', 7, [1]), makeValueInfo('a', 1, [])],
    })
    expect(new OnnxGraph(proto, 17).inputs.map(({ name }) => name)).toEqual(['a'])
  })

  it('counts what a subgraph takes from outside as used, and what it makes or holds itself not', () => {
    const graph = openSmall({ inputs: { a: [], flag: [] }, nodes: [choice('a')], outputs: ['chosen'] })
    expect(opTypes(graph.usersOf('a'))).toEqual(['If'])
    for (const own of ['inner', 'made', 'own', 'held', '']) expect([...graph.usersOf(own)]).toEqual([])
  })

  it('refuses a tensor that is made twice, but not two outputs that are not given', () => {
    const graph = chain()
    expect(() => graph.insert(makeNode('Abs', ['a'], ['b']))).toThrow('makes b twice')
    graph.insert(makeNode('Split', ['a'], ['left', '']))
    expect(() => graph.insert(makeNode('Split', ['a'], ['right', '']))).not.toThrow()
  })

  it('forgets a node that is taken out', () => {
    const graph = chain()
    const negation = graph.makerOf('b') as NodeProto
    graph.remove(negation)
    expect(graph.makerOf('b')).toBeUndefined()
    expect(opTypes(graph.usersOf('a'))).toEqual(['Abs'])
    expect(graph.nodes.has(negation)).toBe(false)
  })

  it('keeps the maker that has taken the place of a node', () => {
    const graph = chain()
    const negation = graph.makerOf('b') as NodeProto
    graph.remove(negation)
    graph.insert(makeNode('Exp', ['a'], ['b']))
    graph.remove(negation)
    expect(graph.makerOf('b')?.opType).toBe('Exp')
  })

  it('sorts nodes so that every tensor is made before it is used', () => {
    expect(opTypes(chain().sorted())).toEqual(['Neg', 'Abs', 'Add'])
    const graph = openSmall({
      inputs: { flag: [], a: [] },
      nodes: [choice('b'), makeNode('Neg', ['a'], ['b'])],
      outputs: ['chosen'],
    })
    expect(opTypes(graph.sorted())).toEqual(['Neg', 'If'])
  })

  it('sorts a node that uses one tensor twice, or two of one node', () => {
    const nodes = [
      makeNode('Add', ['left', 'right'], ['c']),
      makeNode('Mul', ['c', 'c'], ['d']),
      makeNode('Split', ['a'], ['left', 'right', '']),
    ]
    expect(opTypes(openSmall({ inputs: { a: [] }, nodes, outputs: ['d'] }).sorted())).toEqual(['Split', 'Add', 'Mul'])
  })

  it('refuses a cycle', () => {
    const nodes = [makeNode('Neg', ['x'], ['y']), makeNode('Neg', ['y'], ['x'])]
    expect(() => openSmall({ inputs: {}, nodes, outputs: ['x'] }).sorted()).toThrow('has a cycle')
  })

  it('drops what no output needs, initializers too', () => {
    const graph = chain()
    graph.prune()
    expect(opTypes(graph.nodes)).toEqual(['Add', 'Neg'])
    expect([...graph.initializers.keys()]).toEqual(['two'])
  })

  it('keeps what an output or a subgraph needs', () => {
    const graph = openSmall({
      inputs: { flag: [], a: [] },
      constants: [list('given', 1)],
      nodes: [choice('b'), makeNode('Neg', ['a'], ['b'])],
      outputs: ['chosen', 'given'],
    })
    graph.prune()
    expect(opTypes(graph.nodes)).toEqual(['If', 'Neg'])
    expect([...graph.initializers.keys()]).toEqual(['given'])
  })

  it('lets one place of a node read another tensor', () => {
    const graph = openSmall({ inputs: { a: [], d: [] }, nodes: [makeNode('Mul', ['a', 'a'], ['b'])], outputs: ['b'] })
    const [product] = [...graph.nodes] as [NodeProto]
    graph.rewire(product, 1, 'd')
    expect(product.input).toEqual(['a', 'd'])
    expect([graph.usersOf('a').size, graph.usersOf('d').size]).toEqual([1, 1])
    graph.rewire(product, 0, 'd')
    expect([graph.usersOf('a').size, graph.usersOf('d').size]).toEqual([0, 1])
  })

  it('lets all users read another tensor, but for the excepted', () => {
    const graph = openSmall({
      inputs: { a: [], d: [] },
      nodes: [makeNode('Mul', ['a', 'a'], ['b']), makeNode('Neg', ['a'], ['c'])],
      outputs: ['b', 'c'],
    })
    graph.redirect('a', 'd', new Set([graph.makerOf('c') as NodeProto]))
    expect([...graph.nodes].map(({ input }) => input)).toEqual([['d', 'd'], ['a']])
    graph.redirect('d', 'a')
    expect([...graph.nodes].map(({ input }) => input)).toEqual([['a', 'a'], ['a']])
  })

  it('names what it adds, and never twice', () => {
    const graph = openSmall({
      inputs: { a: [] },
      constants: [list('atman/Abs/1', 1)],
      nodes: [makeNode('Neg', ['a'], ['atman/Abs/0'])],
      outputs: [],
    })
    expect(graph.add('Abs', ['a'])).toBe('atman/Abs/2')
    expect(graph.add('Split', ['a'], { outputs: ['left', 'right'], attributes: { axis: -1 }, domain: 'com.microsoft' })).toBe(
      'left',
    )
    const split = graph.makerOf('right')
    expect([split?.domain, split?.attribute[0]?.i]).toEqual(['com.microsoft', -1n])
  })

  it('makes a constant once for the same numbers and sizes', () => {
    const graph = chain()
    const before = graph.initializers.size
    const names = [graph.integers([1, 2]), graph.integers([1, 2]), graph.integers([3], []), graph.integers([3])]
    expect(new Set(names).size).toBe(3)
    expect(graph.initializers.size).toBe(before + 3)
    expect(names.map((name) => graph.initializers.get(name)?.dims)).toEqual([[2n], [2n], [], [1n]])
    const numbers = [graph.float(0.5), graph.number(0.5, 1), graph.number(0.5, 10)]
    expect(numbers[0]).toBe(numbers[1])
    expect(numbers.map((name) => graph.initializers.get(name)?.dataType)).toEqual([1, 1, 10])
    expect(numbers.map((name) => smallValues(graph.initializers.get(name)))).toEqual([[0.5], [0.5], [0.5]])
  })

  it('adds inputs, and gives the whole as a message', () => {
    const graph = chain()
    expect(graph.addInput('extra', 7, ['batch', 3])).toBe('extra')
    const { name, node, input, initializer, output } = graph.toProto('whole')
    expect([name, opTypes(node), initializer.length, output.length]).toEqual(['whole', ['Neg', 'Abs', 'Add'], 2, 1])
    expect(input.map((value) => [value.name, elementType(value), declaredShape(value)])).toEqual([
      ['a', 1, ['batch']],
      ['extra', 7, ['batch', 3]],
    ])
  })
})
