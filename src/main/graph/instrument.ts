import { dirname } from 'node:path'
import { create, toBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema, OperatorSetIdProtoSchema } from 'onnx-buf'
import type { ModelProto } from 'onnx-buf'
import { throwIfCancelled } from '../../shared/domain/failure.ts'
import type { Variant } from '../../shared/domain/parameters.ts'
import { locateAttention } from './attention.ts'
import { decompose } from './decompose.ts'
import { inspectGraph } from './inspect.ts'
import { liftConstants } from './constants.ts'
import { makeProductsExact } from './exact-products.ts'
import { keepAllLogits } from './keep-all-logits.ts'
import { readContract } from './contract.ts'
import type { DecoderContract, KeyValueNames } from './contract.ts'
import { flattenBranches } from './flatten-branches.ts'
import { OnnxGraph } from './onnx-graph.ts'
import { narrow } from './narrow.ts'
import { failFor, modelFileName, Refused } from './refusal.ts'
import type { ModelFileName } from './refusal.ts'
import { inferShapes } from './shapes.ts'
import { suppress } from './suppress.ts'
import { addTargetHead } from './target-head.ts'

/** A decoder that takes factors and answers at targets; runs with its weights still in the original file. */
export interface InstrumentedDecoder {
  /** The rewritten model. Weights are references (location, offset, length) into files of {@link weightsFolder}. */
  readonly bytes: Uint8Array
  /** Folder of the original file: session option `session.model_external_initializers_file_folder_path`. */
  readonly weightsFolder: string
  /** Size of the largest weight as float32, in bytes: what constant folding may produce at most. */
  readonly largestInitializerBytes: number
  readonly layers: number
  readonly keyValueHeads: number
  readonly headSize: number
  readonly hiddenSize: number
  readonly vocabularySize: number | null
  /** Names of the original inputs. The rewrite adds `atman_factors`, `atman_layers`, `target_positions` and `target_ids`. */
  readonly inputs: {
    readonly embeddings: string
    readonly attentionMask: string
    readonly positionIds: string | null
    readonly numLogitsToKeep: string | null
    readonly past: readonly KeyValueNames[]
  }
  /** Names of the original outputs that remain. The rewrite has `target_logprobs` and `target_logits` instead of `logits`. */
  readonly outputs: { readonly present: readonly KeyValueNames[] }
}

/**
 * Rewrites a decoder so that factors change its attention and only targets are scored (method, sections 2 to 4).
 * @throws model-file-missing, model-invalid, model-unsafe, model-tensors, model-attention-unknown
 */
export async function instrumentDecoder(
  file: string,
  variant: Variant,
  cacheFolder: string | null,
  signal?: AbortSignal,
): Promise<InstrumentedDecoder> {
  const name = modelFileName(file)
  try {
    const { model, original, largestInitializerBytes } = inspectGraph(file)
    if (signal !== undefined) throwIfCancelled(signal)
    return await Promise.resolve({ ...rewrite(model, variant, name), weightsFolder: dirname(original), largestInitializerBytes })
  } catch (error) {
    failFor(name, error)
  }
}

function rewrite(
  model: ModelProto,
  variant: Variant,
  name: ModelFileName,
): Omit<InstrumentedDecoder, 'weightsFolder' | 'largestInitializerBytes'> {
  if (model.graph === undefined) throw new Refused('invalid', 'holds no graph')
  const opset = Number(model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0)
  const graph = new OnnxGraph(model.graph, opset)
  flattenBranches(graph)
  liftConstants(graph)
  makeProductsExact(graph)
  keepAllLogits(graph)
  const contract = readContract(graph, name)
  decompose(graph, inferShapes(graph, contract), contract.elementType)
  const sites = locateAttention(graph, contract, name.model)
  suppress(graph, sites, variant, contract.elementType)
  const gather = addTargetHead(graph, contract.outputs.logits, contract.vocabularySize)
  graph.prune()
  narrow(graph, inferShapes(graph, contract), gather)
  graph.prune()
  return { ...describe(contract), bytes: write(graph, model) }
}

function describe(contract: DecoderContract): Omit<InstrumentedDecoder, 'weightsFolder' | 'bytes' | 'largestInitializerBytes'> {
  const { keyValueHeads, headSize, hiddenSize, vocabularySize, inputs, outputs } = contract
  return {
    layers: inputs.past.length,
    keyValueHeads,
    headSize,
    hiddenSize,
    vocabularySize,
    inputs,
    outputs: { present: outputs.present },
  }
}

function write(graph: OnnxGraph, original: ModelProto): Uint8Array {
  // Exporters leave stack traces on every node, ten times the size of the graph itself.
  for (const node of graph.nodes) Object.assign(node, { docString: '', metadataProps: [] })
  const contributed = create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n })
  const imports = original.opsetImport.filter(({ domain }) => domain !== 'com.microsoft')
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: original.irVersion,
      opsetImport: [...imports, contributed],
      producerName: 'whence',
      graph: graph.toProto('atman'),
    }),
  )
}
