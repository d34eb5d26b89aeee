import { smallValues } from '../../../../../src/main/graph/onnx/tensor.ts'
import { float as floatAttribute } from '../../../../../src/main/graph/onnx/node.ts'
import { rewriteDecoder } from '../../../../../src/main/graph/rewrite.ts'
import type { Variant } from '../../../../../src/shared/explanation/parameters.ts'
import { variants } from '../../../../../src/shared/explanation/parameters.ts'
import { describe, expect, it } from 'vitest'
import { ask, distance, float, openRewrite, originalFeeds, randomFloats } from '../decoder-run.ts'
import type { Suppressed } from '../decoder-run.ts'
import { referenceAttention } from './reference-attention.ts'
import { explicitLayer, groupedLayer, multiHeadLayer, sizes, standardLayer, syntheticDecoder } from '../synthetic-decoder.ts'
import type { Layer } from '../synthetic-decoder.ts'

const layers: readonly (readonly [string, Layer, { softcap?: number; sinks?: readonly number[] }])[] = [
  ['explicit attention', explicitLayer, {}],
  ['GroupQueryAttention', groupedLayer({}), {}],
  ['GroupQueryAttention with a soft cap', groupedLayer({ softcap: floatAttribute(2) }), { softcap: 2 }],
  ['GroupQueryAttention with sinks', groupedLayer({}, { sink: true }), { sinks: [0.5, -1, 2, 0] }],
  ['MultiHeadAttention', multiHeadLayer({ unidirectional: 1 }), {}],
  ['Attention with a boolean mask', standardLayer({}, { rank: 4, mask: 'visible' }), {}],
  ['Attention with an added mask', standardLayer({}, { mask: 'mask' }), {}],
]

describe.each(layers)('%s', (_, layer, rest) => {
  it.each(variants)('%s changes the scores as the method says', async (variant) => {
    const question = { batch: 2, past: 3, fresh: 4, factors: someFactors(14) }
    const { description, bytes } = rewriteDecoder(syntheticDecoder(layer), variant, { model: 'a', file: 'b' })
    const session = await openRewrite({ bytes })
    const { logits } = await ask(session, description, question)
    const expected = referenceLogits(layer, question, variant, rest)
    expect(distance(logits, float(Float32Array.from(expected), 2, 4, sizes.vocabulary))).toBeLessThan(1e-5)
    await session.release()
  })
})

/** Factors from 0 to 2, some exactly 1 and one exactly 0. */
function someFactors(count: number): Float32Array {
  return randomFloats(count, 4).map((value, index) => (index === 3 ? 0 : index % 3 === 0 ? 1 : value + 1))
}

type Matrix = readonly (readonly number[])[]

/** The synthetic decoder in plain numbers: projections, reference attention per head, residual, head. */
function referenceLogits(
  layer: Layer,
  question: Suppressed,
  variant: Variant,
  { softcap, sinks }: { softcap?: number; sinks?: readonly number[] },
): number[] {
  const model = syntheticDecoder(layer)
  const { description } = rewriteDecoder(syntheticDecoder(layer), variant, { model: 'a', file: 'b' })
  const feeds = originalFeeds(description, question)
  const weight = (name: string): Matrix => {
    const tensor = model.graph?.initializer.find((candidate) => candidate.name === name)
    return matrix(smallValues(tensor) ?? [], Number(tensor?.dims[1]))
  }
  const { heads, size, hidden } = sizes
  const group = heads / (layer.keyHeads ?? heads)
  const { batch, past, fresh } = question
  return Array.from({ length: batch }, (_, row) => {
    const embeddings = matrix(part(feeds['inputs_embeds'], batch, row), hidden)
    const cached = (name: string, head: number): Matrix =>
      matrix(part(feeds[`past_key_values.0.${name}`], batch, row), size).slice(head * past, (head + 1) * past)
    const columns = (projected: Matrix, head: number): Matrix =>
      projected.map((values) => values.slice(head * size, (head + 1) * size))
    const [queries, keys, values] = ['wq', 'wk', 'wv'].map((name) => multiply(embeddings, weight(name))) as [
      Matrix,
      Matrix,
      Matrix,
    ]
    const attended = Array.from({ length: heads }, (__, head) => {
      const shared = Math.floor(head / group)
      const factors = [...(question.factors ?? []).slice(row * (past + fresh), (row + 1) * (past + fresh))]
      return referenceAttention(
        {
          queries: columns(queries, head),
          keys: [...cached('key', shared), ...columns(keys, shared)],
          values: [...cached('value', shared), ...columns(values, shared)],
          factors,
          ...(softcap === undefined ? {} : { softcap }),
          ...(sinks === undefined ? {} : { sink: sinks[head] ?? 0 }),
        },
        variant,
      )
    })
    const joined = embeddings.map((__, place) => attended.flatMap((head) => head[place] ?? []))
    const projected = multiply(joined, weight('wo'))
    const residual = projected.map((line, place) => line.map((value, column) => value + (embeddings[place]?.[column] ?? NaN)))
    return multiply(residual, weight('head')).flat()
  }).flat()
}

function part(tensor: { readonly data: Iterable<number | bigint> } | undefined, batch: number, row: number): number[] {
  const values = Array.from(tensor?.data ?? [], Number)
  return values.slice((row * values.length) / batch, ((row + 1) * values.length) / batch)
}

function matrix(values: readonly number[], columns: number): Matrix {
  return Array.from({ length: values.length / columns }, (_, row) => values.slice(row * columns, (row + 1) * columns))
}

function multiply(left: Matrix, right: Matrix): Matrix {
  return left.map((row) =>
    (right[0] ?? []).map((_, column) => row.reduce((sum, value, index) => sum + value * (right[index]?.[column] ?? NaN), 0)),
  )
}
