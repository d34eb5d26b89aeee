import { create, fromBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
} from 'onnx-buf'
import type { GraphProto, ModelProto, NodeProto } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { makeNode } from '../../../../src/main/graph/onnx/node.ts'
import { integerTensor, smallValues } from '../../../../src/main/graph/onnx/tensor.ts'
import { declaredShape, makeValueInfo } from '../../../../src/main/graph/onnx/value-info.ts'
import { rewriteDecoder } from '../../../../src/main/graph/rewrite.ts'
import type { Rewrite } from '../../../../src/main/graph/rewrite.ts'
import { variants } from '../../../../src/shared/explanation/parameters.ts'
import type { Variant } from '../../../../src/shared/explanation/parameters.ts'
import { answerDistance, ask, askOriginal, distance, openAsIs, openRewrite } from './decoder-run.ts'
import { changedDecoder } from './model-folder.ts'
import { bytesOf, explicitLayer, groupedLayer, sizes, syntheticDecoder } from './synthetic-decoder.ts'
import type { Layer } from './synthetic-decoder.ts'

const rewrite = (model: ModelProto, variant: Variant = 'shifted'): Rewrite =>
  rewriteDecoder(model, variant, { model: 'a', file: 'b' })
const question = { batch: 2, past: 3, fresh: 4 }

function graphOf({ bytes }: Rewrite): GraphProto {
  const { graph } = fromBinary(ModelProtoSchema, bytes)
  if (graph === undefined) throw new Error('no graph')
  return graph
}

describe('rewriteDecoder', () => {
  it('has the promised inputs and outputs, and no logits', () => {
    const { input, output } = graphOf(rewrite(syntheticDecoder(explicitLayer)))
    const shapes = Object.fromEntries([...input, ...output].map((value) => [value.name, declaredShape(value)]))
    expect(shapes).toMatchObject({
      atman_factors: ['batch', 'keys'],
      atman_layers: ['atman_layers'],
      target_positions: ['targets'],
      target_ids: ['targets', 'ids'],
      target_logprobs: ['batch_size', 'targets', 'ids'],
      target_logits: ['batch_size', 'targets', sizes.vocabulary],
    })
    expect(output.map(({ name }) => name)).toEqual(['target_logprobs', 'target_logits', 'present.0.key', 'present.0.value'])
  })

  it('says what the decoder is', () => {
    expect(rewrite(syntheticDecoder(groupedLayer({}))).description).toMatchObject({
      layers: 1,
      keyValueHeads: sizes.keyHeads,
      headSize: sizes.size,
      hiddenSize: sizes.hidden,
      vocabularySize: sizes.vocabulary,
      inputs: { embeddings: 'inputs_embeds', attentionMask: 'attention_mask', positionIds: null, numLogitsToKeep: null },
    })
  })

  it('is the same for the same model', () => {
    expect(rewrite(syntheticDecoder(explicitLayer)).bytes).toEqual(rewrite(syntheticDecoder(explicitLayer)).bytes)
  })

  it('takes constants written as nodes', async () => {
    const model = changedDecoder((_, graph) => {
      const constants = graph.initializer.splice(0)
      graph.node.unshift(...constants.map((tensor) => constant(tensor.name, { t: tensor, type: AttributeType.TENSOR })))
    })
    await expectSameAs(model, syntheticDecoder(explicitLayer))
  })

  it('leaves the number of logits to keep out, and keeps them all', async () => {
    const limited = (): ModelProto =>
      changedDecoder((_, graph) => {
        graph.input.push(makeValueInfo('num_logits_to_keep', 7, []))
        graph.initializer.push(integerTensor('flat', [1]), integerTensor('end', [2 ** 40]))
        const head = graph.node.find(({ output }) => output[0] === 'logits')
        graph.node.push(
          makeNode('Neg', ['num_logits_to_keep'], ['negative']),
          makeNode('Reshape', ['negative', 'flat'], ['start']),
          makeNode('Slice', ['residual', 'start', 'end', 'axis1'], ['kept']),
        )
        if (head !== undefined) head.input[0] = 'kept'
      })
    const made = rewrite(limited())
    expect(made.description.inputs.numLogitsToKeep).toBeNull()
    expect(graphOf(made).input.map(({ name }) => name)).not.toContain('num_logits_to_keep')
    await expectSameAs(limited(), syntheticDecoder(explicitLayer))
  })

  it('lets quantised products accumulate exactly', () => {
    const model = changedDecoder((_, graph) => {
      const head = graph.node.findIndex(({ output }) => output[0] === 'logits')
      const attributes = { K: 16, N: sizes.vocabulary, bits: 4, block_size: 16, accuracy_level: 4 }
      graph.node[head] = makeNode('MatMulNBits', ['residual', 'head', 'head'], ['logits'], attributes, 'com.microsoft')
    })
    const product = graphOf(rewrite(model)).node.find(({ opType }) => opType === 'MatMulNBits')
    expect(product?.attribute.map(({ name }) => name)).toEqual(['K', 'N', 'bits', 'block_size'])
  })

  it.each(
    variants.flatMap((variant) => [
      [variant, 'explicit attention', explicitLayer] as const,
      [variant, 'GroupQueryAttention', groupedLayer({})] as const,
    ]),
  )('works in half precision: %s, %s', async (variant, _, layer) => {
    const { description, bytes } = rewrite(inHalves(layer), variant)
    const [original, session] = await Promise.all([openAsIs(bytesOf(inHalves(layer))), openRewrite({ bytes })])
    const single = { batch: 1, past: 3, fresh: 1 }
    const expected = await askOriginal(original, description, single)
    const unchanged = await ask(session, description, single)
    expect(answerDistance(unchanged, expected)).toBeLessThan(1e-2)
    const changed = await ask(session, description, { ...single, factors: Float32Array.of(0, 1, 0.5, 1) })
    expect(changed.logits.data.every(Number.isFinite)).toBe(true)
    expect(distance(changed.logits, unchanged.logits)).toBeGreaterThan(1e-3)
    await Promise.all([original.release(), session.release()])
  })
})

describe('a decoder of no known operators', () => {
  it('is refused when it does not say their version', () => {
    const model = changedDecoder((whole) => void (whole.opsetImport = whole.opsetImport.filter(({ domain }) => domain !== '')))
    expect(() => rewrite(model)).toThrow('does not say for which version of the operators it is written')
  })
})

describe('a merged decoder', () => {
  const merged = (change: (parts: { graph: GraphProto; past: GraphProto; none: GraphProto }) => void = () => {}): ModelProto =>
    changedDecoder((_, graph) => {
      const past = branch(graph.node.splice(0), 'with/')
      const none = create(GraphProtoSchema, { node: [makeNode('Identity', ['wo'], ['nothing'])], output: past.output })
      graph.input.push(makeValueInfo('use_cache_branch', 9, [1]))
      change({ graph, past, none })
      graph.node.push(choice('use_cache_branch', past, none, graph))
    })

  it('is flattened to the branch that reads the past', async () => {
    await expectSameAs(merged(), syntheticDecoder(explicitLayer))
  })

  it('is refused when no branch reads the past', () => {
    const blind = merged(({ past }) =>
      past.node.splice(
        past.node.findIndex(({ input }) => input[0] === 'past_key_values.0.value'),
        1,
      ),
    )
    expect(() => rewrite(blind)).toThrow('has no branch that reads the past')
  })

  it('is refused when the switch does more than choose', () => {
    const more = merged(({ graph }) => graph.node.push(makeNode('Not', ['use_cache_branch'], ['other'])))
    expect(() => rewrite(more)).toThrow('uses use_cache_branch for more than choosing a branch')
  })

  it('is refused when a branch has other outputs than the choice', () => {
    expect(() => rewrite(merged(({ past }) => past.output.pop()))).toThrow('has a branch with other outputs than its choice')
  })

  it('is refused when a branch redefines a weight', () => {
    const twice = merged(({ graph, past }) => past.initializer.push(...graph.initializer.slice(0, 1)))
    expect(() => rewrite(twice)).toThrow('defines wq twice')
  })
})

/** Both decoders, rewritten, answer the same. */
async function expectSameAs(model: ModelProto, plain: ModelProto): Promise<void> {
  const [left, right] = [rewrite(model), rewrite(plain)]
  const [one, other] = await Promise.all([openRewrite(left), openRewrite(right)])
  const factors = Float32Array.from({ length: 14 }, (_, index) => (index % 3) / 2)
  const expected = await ask(other, right.description, { ...question, factors })
  expect(answerDistance(await ask(one, left.description, { ...question, factors }), expected)).toBe(0)
  await Promise.all([one.release(), other.release()])
}

function constant(name: string, attribute: Parameters<typeof create<typeof AttributeProtoSchema>>[1]): NodeProto {
  return create(NodeProtoSchema, {
    opType: 'Constant',
    output: [name],
    attribute: [create(AttributeProtoSchema, { name: 'value', ...attribute })],
  })
}

/** The nodes as a branch of their own, in which everything has another name. */
function branch(nodes: readonly NodeProto[], prefix: string): GraphProto {
  const made = new Set(nodes.flatMap(({ output }) => output))
  const rename = (tensor: string): string => (made.has(tensor) ? `${prefix}${tensor}` : tensor)
  for (const node of nodes) {
    node.input = node.input.map(rename)
    node.output = node.output.map(rename)
  }
  const output = ['logits', 'present.0.key', 'present.0.value'].map((name) => makeValueInfo(rename(name), 1, []))
  return create(GraphProtoSchema, { name: prefix, node: [...nodes], output })
}

function choice(condition: string, then: GraphProto, other: GraphProto, graph: GraphProto): NodeProto {
  return create(NodeProtoSchema, {
    opType: 'If',
    input: [condition],
    output: graph.output.map(({ name }) => name),
    attribute: [
      create(AttributeProtoSchema, { name: 'then_branch', type: AttributeType.GRAPH, g: then }),
      create(AttributeProtoSchema, { name: 'else_branch', type: AttributeType.GRAPH, g: other }),
    ],
  })
}

/** A synthetic decoder with all floats in half precision. */
function inHalves(layer: Layer): ModelProto {
  const model = syntheticDecoder(layer)
  for (const tensor of model.graph?.initializer ?? []) {
    if (tensor.dataType !== 1) continue
    const halves = Float16Array.from(smallValues(tensor) ?? [], (value) => Math.max(value, -65504))
    Object.assign(tensor, { dataType: 10, rawData: new Uint8Array(halves.buffer) })
  }
  for (const value of [...(model.graph?.input ?? []), ...(model.graph?.output ?? [])]) {
    if (value.type?.value.case === 'tensorType' && value.type.value.value.elemType === 1) value.type.value.value.elemType = 10
  }
  for (const node of model.graph?.node ?? []) {
    const target = node.opType === 'Cast' ? node.attribute.find(({ i }) => i === 1n) : undefined
    if (target !== undefined) target.i = 10n
  }
  return model
}
