import type { NodeProto } from 'onnx-buf'

/** How the sizes of an operator's outputs follow from its inputs; see `shapes/size-rules.ts`. */
export type SizeRule =
  | 'same'
  | 'broadcast'
  | 'reduce'
  | 'skipNorm'
  | 'matMul'
  | 'quantisedMatMul'
  | 'attention'
  | 'groupedQuery'
  | 'multiHead'
  | 'transpose'
  | 'reshape'
  | 'unsqueeze'
  | 'squeeze'
  | 'expand'
  | 'concat'
  | 'slice'
  | 'split'
  | 'gather'
  | 'gatherElements'
  | 'gatherND'
  | 'shape'
  | 'fill'
  | 'range'
  | 'tile'

/** How the content of a small tensor of sizes follows from its inputs; see `shapes/content-rules.ts`. */
export type ContentRule = 'first' | 'shape' | 'gather' | 'slice' | 'concat' | 'sum' | 'difference' | 'product' | 'quotient'

/** How an operator makes only some rows of its output; see `head/narrowing-rules.ts`. */
export type RowRule =
  | 'elementwise'
  | 'norm'
  | 'skipNorm'
  | 'softmax'
  | 'split'
  | 'reduce'
  | 'matMul'
  | 'quantisedMatMul'
  | 'slice'
  | 'transpose'
  | 'unsqueeze'
  | 'concat'
  | 'reshape'
  | 'rotary'

/** Where an operator is defined: in the ONNX standard, by ONNX Runtime (`com.microsoft`), or in both with one meaning. */
type OperatorDomain = 'standard' | 'contributed' | 'both'

/** What the surgery knows of an operator. What is left out is unknown, and nothing is moved past it. */
export interface Operator {
  /** The standard unless it says otherwise; an operator of that name in another domain is another operator. */
  readonly domain?: OperatorDomain
  readonly sizes?: SizeRule
  readonly content?: ContentRule
  readonly rows?: RowRule
  /** What becomes of attention scores on their way to the softmax: they are only scaled, or changed by mask or soft cap. */
  readonly scores?: 'scaled' | 'changed'
  /** Keys come out of the first input (`moved`) or of any input (`joined`). */
  readonly keys?: 'moved' | 'joined'
  /** The output holds booleans (`made`), or whatever the first input (`kept`) or the second (`chosen`) holds. */
  readonly booleans?: 'made' | 'kept' | 'chosen'
  /** A count that comes in comes out, perhaps with another sign or shape. */
  readonly carriesCount?: true
  /** One input may have a batch of one where another has the whole batch. */
  readonly mixesBatches?: true
}

/** Every operator the surgery knows something of, by name. The ONNX operator specification and ONNX Runtime's ContribOperators.md define them. */
const operators = {
  Abs: { sizes: 'same', rows: 'elementwise' },
  Add: { sizes: 'broadcast', content: 'sum', rows: 'elementwise', scores: 'changed', mixesBatches: true },
  And: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  Attention: { sizes: 'attention' },
  BiasGelu: { domain: 'contributed', sizes: 'same', rows: 'elementwise' },
  Cast: { sizes: 'same', content: 'first', rows: 'elementwise', scores: 'scaled', keys: 'moved', carriesCount: true },
  Ceil: { sizes: 'same' },
  Clip: { sizes: 'same', rows: 'elementwise', scores: 'changed' },
  Concat: { sizes: 'concat', content: 'concat', rows: 'concat', scores: 'changed', keys: 'joined', booleans: 'kept' },
  Constant: {},
  ConstantOfShape: { sizes: 'fill' },
  Cos: { sizes: 'same', rows: 'elementwise' },
  CumSum: { sizes: 'same' },
  Div: { sizes: 'broadcast', content: 'quotient', rows: 'elementwise', scores: 'scaled', keys: 'moved', mixesBatches: true },
  Dropout: { sizes: 'same' },
  Elu: { sizes: 'same', rows: 'elementwise' },
  Equal: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  Erf: { sizes: 'same', rows: 'elementwise' },
  Exp: { sizes: 'same', rows: 'elementwise' },
  Expand: { sizes: 'expand', keys: 'moved', booleans: 'kept', mixesBatches: true },
  FastGelu: { domain: 'contributed', sizes: 'same', rows: 'elementwise' },
  Floor: { sizes: 'same' },
  FusedMatMul: { domain: 'contributed', sizes: 'matMul', rows: 'matMul', mixesBatches: true },
  Gather: { sizes: 'gather', content: 'gather', keys: 'moved', booleans: 'kept' },
  GatherElements: { sizes: 'gatherElements' },
  GatherND: { domain: 'both', sizes: 'gatherND', booleans: 'kept' },
  Gelu: { domain: 'both', sizes: 'same', rows: 'elementwise' },
  Gemm: { sizes: 'matMul' },
  Greater: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  GreaterOrEqual: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  GroupQueryAttention: { domain: 'contributed', sizes: 'groupedQuery' },
  HardSigmoid: { sizes: 'same', rows: 'elementwise' },
  HardSwish: { sizes: 'same', rows: 'elementwise' },
  Identity: {
    sizes: 'same',
    content: 'first',
    rows: 'elementwise',
    scores: 'scaled',
    keys: 'moved',
    booleans: 'kept',
    carriesCount: true,
  },
  If: {},
  IsInf: { booleans: 'made' },
  IsNaN: { sizes: 'same', rows: 'elementwise', booleans: 'made' },
  LayerNormalization: { sizes: 'same', rows: 'norm' },
  LeakyRelu: { sizes: 'same', rows: 'elementwise' },
  Less: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  LessOrEqual: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  Log: { sizes: 'same', rows: 'elementwise' },
  LogSoftmax: { sizes: 'same', rows: 'softmax' },
  MatMul: { sizes: 'matMul', rows: 'matMul', mixesBatches: true },
  MatMulInteger: { sizes: 'matMul' },
  MatMulNBits: { domain: 'contributed', sizes: 'quantisedMatMul', rows: 'quantisedMatMul' },
  Max: { sizes: 'broadcast', rows: 'elementwise', scores: 'changed', mixesBatches: true },
  Min: { sizes: 'broadcast', rows: 'elementwise', mixesBatches: true },
  Mish: { sizes: 'same', rows: 'elementwise' },
  Mod: { sizes: 'broadcast', rows: 'elementwise', mixesBatches: true },
  Mul: {
    sizes: 'broadcast',
    content: 'product',
    rows: 'elementwise',
    scores: 'scaled',
    keys: 'joined',
    carriesCount: true,
    mixesBatches: true,
  },
  MultiHeadAttention: { domain: 'contributed', sizes: 'multiHead' },
  Neg: { sizes: 'same', rows: 'elementwise', carriesCount: true },
  Not: { sizes: 'same', rows: 'elementwise', booleans: 'made' },
  Or: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
  Pow: { sizes: 'broadcast', rows: 'elementwise', mixesBatches: true },
  QuickGelu: { domain: 'contributed', sizes: 'same', rows: 'elementwise' },
  RMSNormalization: { sizes: 'same', rows: 'norm' },
  Range: { domain: 'both', sizes: 'range' },
  Reciprocal: { sizes: 'same', rows: 'elementwise' },
  ReduceL2: { sizes: 'reduce', rows: 'reduce' },
  ReduceLogSumExp: { sizes: 'reduce', rows: 'reduce' },
  ReduceMax: { sizes: 'reduce', rows: 'reduce' },
  ReduceMean: { sizes: 'reduce', rows: 'reduce' },
  ReduceMin: { sizes: 'reduce', rows: 'reduce' },
  ReduceProd: { sizes: 'reduce' },
  ReduceSum: { sizes: 'reduce', rows: 'reduce' },
  ReduceSumSquare: { sizes: 'reduce', rows: 'reduce' },
  Relu: { sizes: 'same', rows: 'elementwise' },
  Reshape: {
    sizes: 'reshape',
    content: 'first',
    rows: 'reshape',
    scores: 'scaled',
    keys: 'moved',
    booleans: 'kept',
    carriesCount: true,
    mixesBatches: true,
  },
  RotaryEmbedding: { domain: 'both', sizes: 'same', rows: 'rotary' },
  Round: { sizes: 'same' },
  Shape: { sizes: 'shape', content: 'shape', mixesBatches: true },
  Sigmoid: { sizes: 'same', rows: 'elementwise' },
  Sign: { sizes: 'same' },
  SimplifiedLayerNormalization: { domain: 'both', sizes: 'same', rows: 'norm' },
  Sin: { sizes: 'same', rows: 'elementwise' },
  SkipLayerNormalization: { domain: 'contributed', sizes: 'skipNorm', rows: 'skipNorm' },
  SkipSimplifiedLayerNormalization: { domain: 'contributed', sizes: 'skipNorm', rows: 'skipNorm' },
  Slice: { sizes: 'slice', content: 'slice', rows: 'slice', keys: 'moved', booleans: 'kept' },
  Softmax: { sizes: 'same', rows: 'softmax' },
  Softplus: { sizes: 'same', rows: 'elementwise' },
  Split: { sizes: 'split', rows: 'split' },
  Sqrt: { sizes: 'same', rows: 'elementwise' },
  Squeeze: { sizes: 'squeeze', content: 'first', keys: 'moved', booleans: 'kept', carriesCount: true },
  Sub: { sizes: 'broadcast', content: 'difference', rows: 'elementwise', mixesBatches: true },
  Sum: { sizes: 'broadcast', rows: 'elementwise', mixesBatches: true },
  Swish: { sizes: 'same', rows: 'elementwise' },
  Tanh: { sizes: 'same', rows: 'elementwise', scores: 'changed' },
  Tile: { sizes: 'tile', booleans: 'kept' },
  Transpose: { sizes: 'transpose', rows: 'transpose', keys: 'moved', booleans: 'kept' },
  Trilu: { domain: 'both', sizes: 'same', booleans: 'kept' },
  Unsqueeze: { sizes: 'unsqueeze', content: 'first', rows: 'unsqueeze', keys: 'moved', booleans: 'kept', carriesCount: true },
  Where: { sizes: 'broadcast', rows: 'elementwise', scores: 'changed', booleans: 'chosen', mixesBatches: true },
  Xor: { sizes: 'broadcast', rows: 'elementwise', booleans: 'made', mixesBatches: true },
} as const satisfies Readonly<Record<string, Operator>>

/** Name of an operator that the surgery knows. */
export type OperatorName = keyof typeof operators

const known: ReadonlyMap<string, Operator> = new Map(Object.entries(operators))

/** Names of all operators that the surgery knows. */
export const operatorNames = Object.keys(operators) as readonly OperatorName[]

/** What is known of a node's operator; nothing of an operator with the same name in another domain. */
export function operatorOf(node: Pick<NodeProto, 'domain' | 'opType'>): Operator {
  const operator = known.get(node.opType)
  if (operator === undefined) return unknown
  const { domain = 'standard' } = operator
  const home = isStandardDomain(node.domain) ? 'standard' : node.domain === contributedDomain ? 'contributed' : null
  return home !== null && (domain === home || domain === 'both') ? operator : unknown
}

const unknown: Operator = {}

/** Domain of the operators that ONNX Runtime adds to the standard. */
export const contributedDomain = 'com.microsoft'

/** Whether a domain is that of the ONNX standard, which has two names. */
export function isStandardDomain(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx'
}

/** Whether the node is one of those operators of the ONNX standard. */
export function isStandard(node: NodeProto | undefined, ...opTypes: readonly OperatorName[]): boolean {
  return node !== undefined && isStandardDomain(node.domain) && includes(opTypes, node.opType)
}

/** Whether the node is one of those operators that ONNX Runtime adds. */
export function isContributed(node: NodeProto | undefined, ...opTypes: readonly OperatorName[]): boolean {
  return node?.domain === contributedDomain && includes(opTypes, node.opType)
}

function includes(opTypes: readonly string[], opType: string): boolean {
  return opTypes.includes(opType)
}
