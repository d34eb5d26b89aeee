import { TensorProto_DataLocation as DataLocation } from 'onnx-buf'
import type { AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto } from 'onnx-buf'
import { contributedDomain } from '../operators.ts'
import { OnnxGraph } from '../onnx/onnx-graph.ts'
import { subgraphsOf } from '../onnx/reads.ts'
import { Refused } from './refusal.ts'

/** Domains whose operators are known to compute on tensors and nothing else. */
const domains = new Set(['', 'ai.onnx', 'ai.onnx.ml', contributedDomain])

/**
 * Checks what a model is made of: known kinds of operators, no code of its own, no cycle, and weights only where they are looked for.
 * @param checkWeights called with every initializer, also of inner graphs
 * @throws Refused
 */
export function checkStructure(model: ModelProto, checkWeights: (tensor: TensorProto) => void): void {
  if (model.graph === undefined) throw new Refused('invalid', 'holds no graph')
  if (model.functions.length > 0) throw new Refused('invalid', 'defines operators of its own')
  checkGraph(model.graph, checkWeights)
  new OnnxGraph(model.graph, 0).sorted()
}

function checkGraph(graph: GraphProto, checkWeights: (tensor: TensorProto) => void): void {
  if (graph.sparseInitializer.length > 0) throw new Refused('invalid', 'holds sparse weights')
  const names = new Set<string>()
  for (const tensor of graph.initializer) {
    if (names.has(tensor.name)) throw new Refused('invalid', `defines ${tensor.name} twice`)
    names.add(tensor.name)
    checkWeights(tensor)
  }
  for (const node of graph.node) {
    checkOperator(node)
    for (const attribute of node.attribute) checkAttribute(attribute, checkWeights)
    for (const inner of subgraphsOf(node)) checkGraph(inner, checkWeights)
  }
}

function checkOperator({ domain, opType }: NodeProto): void {
  if (opType === 'EPContext') throw new Refused('unsafe', 'holds a program for one device (EPContext)')
  if (!domains.has(domain)) throw new Refused('unsafe', `uses operators of ${domain}`)
}

function checkAttribute(
  { t, tensors, sparseTensor, sparseTensors }: AttributeProto,
  checkWeights: (tensor: TensorProto) => void,
): void {
  if (sparseTensor !== undefined || sparseTensors.length > 0) throw new Refused('invalid', 'holds sparse weights')
  for (const tensor of [...(t === undefined ? [] : [t]), ...tensors]) {
    const elsewhere = tensor.externalData.length > 0 || tensor.dataLocation === DataLocation.EXTERNAL
    if (elsewhere) throw new Refused('unsafe', 'takes the value of an attribute from a file')
    checkWeights(tensor)
  }
}
