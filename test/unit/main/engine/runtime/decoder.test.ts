import { describe, expect, it } from 'vitest'
import type { ForwardRequest } from '../../../../../src/main/engine/runtime/decoder.ts'
import { decoderOver } from '../../../../../src/main/engine/runtime/decoder.ts'
import { blankKeyValues } from '../../../../../src/main/engine/runtime/key-values.ts'
import type { FloatTensor, Session, Tensor } from '../../../../../src/main/engine/runtime/session.ts'
import { floats } from '../../../../../src/main/engine/runtime/session.ts'
import type { InstrumentedDecoder } from '../../../../../src/main/graph/instrument.ts'

const graph: InstrumentedDecoder = {
  layers: 2,
  sharedLayers: 1,
  keyValueHeads: 1,
  headSize: 2,
  hiddenSize: 3,
  vocabularySize: 5,
  inputs: {
    embeddings: 'x',
    attentionMask: 'mask',
    positionIds: 'ids',
    numLogitsToKeep: 'keep',
    past: [0, 1].map((layer) => ({ key: `pastKey${layer}`, value: `pastValue${layer}` })),
  },
  outputs: { present: [0, 1].map((layer) => ({ key: `key${layer}`, value: `value${layer}` })) },
  bytes: new Uint8Array(),
  weightsFolder: '',
  largestInitializerBytes: 0,
}

interface Run {
  readonly feeds: Readonly<Record<string, Tensor>>
  readonly fetch: readonly string[]
  readonly into: Readonly<Record<string, FloatTensor>> | undefined
}

/** A session that answers every output with a number of its own, and remembers what it was asked. */
function recording(): { session: Session; runs: Run[] } {
  const runs: Run[] = []
  const session: Session = {
    inputs: [],
    outputs: [],
    run: (feeds, fetch, into) => {
      runs.push({ feeds, fetch, into })
      return Promise.resolve(Object.fromEntries(fetch.map((name, at) => [name, floats(Float32Array.of(at), 1)])))
    },
    endProfiling: () => {},
    release: () => Promise.resolve(),
  }
  return { session, runs }
}

const shape = { layers: 2, heads: 1, headSize: 2, sharedLayers: 1 }
const request: ForwardRequest = {
  embeddings: Float32Array.of(1, 2, 3, 4, 5, 6),
  batch: 2,
  past: blankKeyValues(shape, 2, 4),
  factors: null,
  layers: null,
  targets: [1],
  ids: [[7, 8, 9]],
  want: {},
}

async function fed(change: Partial<ForwardRequest>, sharedLayers: 0 | 1 = 1): Promise<Readonly<Record<string, unknown>>> {
  const { session, runs } = recording()
  await decoderOver(session, { ...graph, sharedLayers }).forward({ ...request, ...change })
  return Object.fromEntries(
    Object.entries(runs[0]?.feeds ?? {}).map(([name, { shape: sizes, data }]) => [name, [sizes, [...data].map(Number)]]),
  )
}

describe('a decoder', () => {
  it('reads embeddings, mask and positions once where the first block is shared', async () => {
    expect(await fed({})).toMatchObject({
      x: [
        [1, 2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
      mask: [
        [1, 6],
        [1, 1, 1, 1, 1, 1],
      ],
      ids: [
        [1, 2],
        [4, 5],
      ],
      keep: [[], [0]],
    })
  })

  it('reads them for every row where it is not', async () => {
    expect(await fed({}, 0)).toMatchObject({
      x: [
        [2, 2, 3],
        [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
      ],
      mask: [[2, 6], Array(12).fill(1)],
      ids: [
        [2, 2],
        [4, 5, 4, 5],
      ],
    })
  })

  it('is asked for ids at places, with factors of 1 and all layers where nothing else is said', async () => {
    expect(await fed({})).toMatchObject({
      atman_factors: [[2, 6], Array(12).fill(1)],
      atman_layers: [[2], [1, 1]],
      target_positions: [[1], [1]],
      target_ids: [
        [1, 3],
        [7, 8, 9],
      ],
    })
    const factors = Float32Array.from({ length: 12 }, (_, key) => key)
    expect(await fed({ factors, layers: [1] })).toMatchObject({
      atman_factors: [[2, 6], [...factors]],
      atman_layers: [[2], [0, 1]],
    })
  })

  it('gets the past of each layer under its names', async () => {
    const past = blankKeyValues(shape, 2, 4)
    past.tensors.forEach(({ data }, at) => data.fill(at))
    const feeds = await fed({ past })
    expect(
      ['pastKey0', 'pastValue0', 'pastKey1', 'pastValue1'].map((name) => (feeds[name] as [unknown, number[]])[1][0]),
    ).toEqual([0, 1, 2, 3])
  })

  it('gives what is wanted, and nothing else', async () => {
    const { session, runs } = recording()
    const decoder = decoderOver(session, graph)
    expect(await decoder.forward({ ...request, want: { logprobs: true } })).toEqual({
      logprobs: Float32Array.of(0),
      logits: null,
      keyValues: null,
    })
    expect(await decoder.forward({ ...request, want: { logits: true } })).toMatchObject({
      logprobs: null,
      keyValues: null,
      logits: { data: Float32Array.of(0) },
    })
    const { keyValues } = await decoder.forward({ ...request, want: { keyValues: true } })
    expect(keyValues).toMatchObject({ positions: 6, batch: 2, sharedLayers: 1 })
    expect(keyValues?.tensors.map(({ data }) => data[0])).toEqual([0, 1, 2, 3])
    expect(runs.map(({ fetch }) => fetch)).toEqual([['target_logprobs'], ['target_logits'], ['key0', 'value0', 'key1', 'value1']])
  })

  it('writes keys and values where it is told to', async () => {
    const { session, runs } = recording()
    const keyValuesInto = blankKeyValues(shape, 2, 6)
    await decoderOver(session, graph).forward({ ...request, keyValuesInto, want: { keyValues: true } })
    expect(Object.keys(runs[0]?.into ?? {})).toEqual(['key0', 'value0', 'key1', 'value1'])
    expect(runs[0]?.into?.['value1']).toBe(keyValuesInto.tensors[3])
  })

  it('throws where a wanted output is missing', async () => {
    const { session } = recording()
    const silent = { ...session, run: () => Promise.resolve({}) }
    await expect(decoderOver(silent, graph).forward({ ...request, want: { logits: true } })).rejects.toThrow(
      'there is no value for target_logits',
    )
  })
})
