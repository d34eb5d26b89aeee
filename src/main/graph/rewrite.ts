import { clone, create, toBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema, OperatorSetIdProtoSchema } from 'onnx-buf'
import type { ModelProto } from 'onnx-buf'
import type { Variant } from '../../shared/explanation/parameters.ts'
import { locateAttention } from './attention/attention.ts'
import { liftConstants } from './shapes/constants.ts'
import { readContract } from './contract.ts'
import type { DecoderContract, KeyValueNames } from './contract.ts'
import { decompose } from './attention/decompose.ts'
import { makeProductsExact } from './exact-products.ts'
import { flattenBranches } from './flatten-branches.ts'
import { keepAllLogits } from './head/keep-all-logits.ts'
import { narrow } from './head/narrow.ts'
import { OnnxGraph } from './onnx/onnx-graph.ts'
import { Refused } from './file/refusal.ts'
import type { ModelFileName } from './file/refusal.ts'
import { contributedDomain, isStandardDomain } from './operators.ts'
import { inferShapes } from './shapes/shapes.ts'
import { shareFirstBlock } from './head/share-first-block.ts'
import { takeShapesFromInputs } from './shapes/shapes-from-inputs.ts'
import { suppress } from './attention/suppress.ts'
import { addTargetHead } from './head/target-head.ts'

/** Version of the surgery: a rewrite of another version is made again. To be raised with every change of what comes out. */
export const surgeryVersion = '3'

/** What a rewritten decoder takes and gives. */
export interface DecoderDescription {
  readonly layers: number
  /** Leading layers that all rows share: their past and present keys and values, the embeddings, mask and positions are a batch of one. */
  readonly sharedLayers: 0 | 1
  readonly keyValueHeads: number
  readonly headSize: number
  readonly hiddenSize: number
  /** `null` where the file does not say. */
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

/** A decoder after surgery. */
export interface Rewrite {
  readonly description: DecoderDescription
  readonly bytes: Uint8Array
}

/** What a rewrite may leave out; for tests and measurements. */
export interface RewriteOptions {
  /** Whether the last block is computed for target rows only. */
  readonly narrowed?: boolean
  /** Whether the rows of a batch share the first block, where that is proven to work; they then have to read the same embeddings. */
  readonly shared?: boolean
}

/**
 * The surgery, step by step, on a model whose weights are references. Changes `model`.
 * @throws Refused, model-tensors, model-attention-unknown
 */
export function rewriteDecoder(model: ModelProto, variant: Variant, name: ModelFileName, options: RewriteOptions = {}): Rewrite {
  const { narrowed = true, shared = false } = options
  // Sharing that turns out not to work leaves a graph half changed.
  const untouched = shared ? clone(ModelProtoSchema, model) : model
  const rewrite = operate(model, variant, name, { narrowed, shared })
  return rewrite ?? rewriteDecoder(untouched, variant, name, { narrowed, shared: false })
}

function operate(
  model: ModelProto,
  variant: Variant,
  name: ModelFileName,
  { narrowed, shared }: Required<RewriteOptions>,
): Rewrite | null {
  const graph = openGraph(model)
  flattenBranches(graph)
  liftConstants(graph)
  makeProductsExact(graph)
  keepAllLogits(graph)
  const contract = readContract(graph, name)
  decompose(graph, inferShapes(graph, contract), contract.elementType)
  const sites = locateAttention(graph, contract, name.model)
  suppress(graph, sites, variant, contract.elementType)
  const targets = addTargetHead(graph, contract.outputs.logits, contract.vocabularySize)
  takeShapesFromInputs(graph, inferShapes(graph, contract), contract)
  graph.prune()
  if (narrowed) narrow(graph, inferShapes(graph, contract), targets)
  graph.prune()
  if (shared && !shareFirstBlock(graph, contract)) return null
  graph.prune()
  return { description: { ...describe(contract), sharedLayers: shared ? 1 : 0 }, bytes: write(graph, model) }
}

function openGraph({ graph, opsetImport }: ModelProto): OnnxGraph {
  if (graph === undefined) throw new Refused('invalid', 'holds no graph')
  const standard = opsetImport.find(({ domain }) => isStandardDomain(domain))
  if (standard === undefined) throw new Refused('invalid', 'does not say for which version of the operators it is written')
  const opset = Number(standard.version)
  // Before 13 a softmax flattens its axes and Unsqueeze takes its axes elsewhere.
  if (opset < 13) throw new Refused('invalid', `is written for operators of version ${opset}; 13 or later is needed`)
  return new OnnxGraph(graph, opset)
}

function describe(contract: DecoderContract): Omit<DecoderDescription, 'sharedLayers'> {
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
  const contributed = create(OperatorSetIdProtoSchema, { domain: contributedDomain, version: 1n })
  const imports = original.opsetImport.filter(({ domain }) => domain !== contributedDomain)
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
