import type { GraphProto, ModelProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { histogram } from '../../../../../src/main/graph/attention/attention.ts'
import { OnnxGraph } from '../../../../../src/main/graph/onnx/onnx-graph.ts'
import { makeNode } from '../../../../../src/main/graph/onnx/node.ts'
import { makeValueInfo } from '../../../../../src/main/graph/onnx/value-info.ts'
import { rewriteDecoder } from '../../../../../src/main/graph/rewrite.ts'
import type { Rewrite } from '../../../../../src/main/graph/rewrite.ts'
import { answerDistance, ask, askOriginal, openAsIs, openRewrite } from '../decoder-run.ts'
import { changedDecoder, failureFrom } from '../model-folder.ts'
import { bytesOf } from '../synthetic-decoder.ts'

type Graph = GraphProto

function nodeMaking(graph: Graph, tensor: string): Graph['node'][number] {
  const node = graph.node.find(({ output }) => output[0] === tensor)
  if (node === undefined) throw new Error(`nothing makes ${tensor}`)
  return node
}

function replace(graph: Graph, tensor: string, ...nodes: Graph['node']): void {
  graph.node.splice(graph.node.indexOf(nodeMaking(graph, tensor)), 1, ...nodes)
}

const rewrite = (model: ModelProto): Rewrite => rewriteDecoder(model, 'shifted', { model: 'small', file: 'decoder.onnx' })

const written: readonly (readonly [string, (graph: Graph) => void])[] = [
  ['Div in place of Mul', (graph) => replace(graph, 'scaled', makeNode('Div', ['product', 'scale'], ['scaled']))],
  ['no mask', (graph) => void (nodeMaking(graph, 'weights').input[0] = 'scaled')],
  ['no scale', (graph) => void (nodeMaking(graph, 'masked').input[0] = 'product')],
  ['the mask before the plus', (graph) => void nodeMaking(graph, 'masked').input.reverse()],
  ['the mask as a choice', (graph) => replace(graph, 'masked', makeNode('Where', ['visible', 'scaled', 'lowest'], ['masked']))],
  ['the softmax over axis 3', (graph) => replace(graph, 'weights', makeNode('Softmax', ['masked'], ['weights'], { axis: 3 }))],
  [
    'a choice against NaN after the softmax',
    (graph) =>
      replace(
        graph,
        'weights',
        makeNode('Softmax', ['masked'], ['bare'], { axis: -1 }),
        makeNode('IsNaN', ['bare'], ['bad']),
        makeNode('Where', ['bad', 'nothing', 'bare'], ['weights']),
      ),
  ],
]

const unknown: readonly (readonly [string, (graph: Graph) => void])[] = [
  ['no softmax', (graph) => replace(graph, 'weights', makeNode('Sigmoid', ['masked'], ['weights']))],
  ['a softmax over queries', (graph) => replace(graph, 'weights', makeNode('Softmax', ['masked'], ['weights'], { axis: 2 }))],
  ['scores of two products', (graph) => replace(graph, 'masked', makeNode('Add', ['scaled', 'product'], ['masked']))],
  [
    'scores scaled after the mask',
    (graph) =>
      replace(graph, 'weights', makeNode('Mul', ['masked', 'scale'], ['late']), makeNode('Softmax', ['late'], ['weights'])),
  ],
  ['keys that are not the past', (graph) => void (nodeMaking(graph, 'kt').input[0] = 'kh')],
  [
    'a foreign operator',
    (graph) => replace(graph, 'weights', makeNode('BiasSoftmax', ['masked'], ['weights'], {}, 'com.microsoft')),
  ],
]

describe('attention', () => {
  it.each(written)('is found written with %s, and computes the same', async (_, change) => {
    const model = (): ModelProto => changedDecoder((__, graph) => change(graph))
    const { description, bytes } = rewrite(model())
    const [original, session] = await Promise.all([openAsIs(bytesOf(model())), openRewrite({ bytes })])
    const question = { batch: 2, past: 3, fresh: 4 }
    const expected = await askOriginal(original, description, question)
    expect(answerDistance(await ask(session, description, question), expected)).toBeLessThan(1e-5)
    const blind = { ...question, mask: Array<number>(14).fill(0), factors: new Float32Array(14).fill(1.9) }
    expect((await ask(session, description, blind)).logits.data.every(Number.isFinite)).toBe(true)
    await Promise.all([original.release(), session.release()])
  })

  it.each(unknown)('is refused written with %s', async (_, change) => {
    const failure = await failureFrom(() => rewrite(changedDecoder((__, graph) => change(graph))))
    expect(failure?.code).toBe('model-attention-unknown')
    expect(failure?.data).toHaveProperty('model', 'small')
    expect(failure?.data).toHaveProperty('histogram', expect.stringMatching(/^MatMul 7, Transpose 5, /))
  })

  it('is counted, most frequent operator first', () => {
    const graph = changedDecoder(() => {}).graph
    if (graph === undefined) throw new Error('no graph')
    expect(histogram(new OnnxGraph(graph, 17))).toMatch(
      /^MatMul 7, Transpose 5, Reshape 4, Add 3, Concat 2, Range 2, Shape 2, .* Where 1$/,
    )
  })
})

describe('the contract of a decoder', () => {
  it.each<readonly [string, (graph: Graph) => void, string]>([
    ['no embeddings', (graph) => void (graph.input[0] = makeValueInfo('input_ids', 7, ['b', 's'])), 'no inputs_embeds'],
    ['no mask', (graph) => void graph.input.splice(1, 1), 'no attention_mask'],
    ['no past', (graph) => void graph.input.splice(2, 2), 'no past_key_values'],
    ['no past values', (graph) => void graph.input.splice(3, 1), 'no past_key_values.0.value'],
    ['no logits', (graph) => void graph.output.splice(0, 1), 'no logits'],
    ['no present', (graph) => void graph.output.splice(1, 1), 'no present.0.key'],
    ['an unknown input', (graph) => void graph.input.push(makeValueInfo('pixels', 1, [1])), 'an input pixels'],
    [
      'no fixed head size',
      (graph) => void (graph.input[2] = makeValueInfo('past_key_values.0.key', 1, ['b', 4, 'p', 'd'])),
      'no fixed size in dimension 3',
    ],
  ])('is refused with %s', async (_, change, found) => {
    const failure = await failureFrom(() => rewrite(changedDecoder((__, graph) => change(graph))))
    expect(failure?.code).toBe('model-tensors')
    expect(JSON.stringify(failure?.data)).toContain(found)
  })

  it('is refused for operators older than version 13', async () => {
    const model = changedDecoder(({ opsetImport: [standard] }) => void Object.assign(standard ?? {}, { version: 11n }))
    expect(() => rewrite(model)).toThrow('is written for operators of version 11; 13 or later is needed')
  })
})
