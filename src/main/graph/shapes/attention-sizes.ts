import type { NodeProto } from 'onnx-buf'
import { countAttribute } from '../onnx/node.ts'
import { product, quotient } from './dimension.ts'
import { inputShape } from './known.ts'
import type { Known, Shape } from './known.ts'

/** As the queries, with the width of the values: of one head where heads are an axis of their own (rank 4), else of all together. */
export function attentionSizes(node: NodeProto, known: Known): Shape | null {
  const queries = inputShape(node, 0, known)
  const width = inputShape(node, 2, known)?.at(-1)
  if (!queries || width === undefined) return null
  if (queries.length === 4) return queries.with(-1, width)
  const [heads, keyHeads] = [countAttribute(node, 'q_num_heads'), countAttribute(node, 'kv_num_heads')]
  const size = keyHeads === null ? null : quotient(width, keyHeads)
  return size === null || heads === null ? null : queries.with(-1, product([size, heads]))
}

/** As the queries, which may hold keys and values too, with the width of all heads. */
export function groupedQuerySizes(node: NodeProto, known: Known): Shape | null {
  const rows = inputShape(node, 0, known)
  const size = inputShape(node, 3, known)?.[3]
  const heads = countAttribute(node, 'num_heads')
  return rows !== null && heads !== null && size !== undefined ? rows.with(-1, product([size, heads])) : null
}

/** As the queries, where keys, queries and values are given apart. */
export function multiHeadSizes(node: NodeProto, known: Known): Shape | null {
  return inputShape(node, 2, known)?.length === 3 ? inputShape(node, 0, known) : null
}
