import type { OnnxGraph } from '../onnx/onnx-graph.ts'

/** Places of queries and keys in the sequence: `[new, 1]` and `[1, keys]`. */
export interface Places {
  readonly rows: string
  readonly columns: string
}

/** Counts queries and keys through; the last query stands at the last key when `aligned` at the end, else the first at the first. */
export function placesOf(graph: OnnxGraph, queries: string, keys: string, aligned: 'start' | 'end'): Places {
  const lengthOf = (tensor: string): string => graph.add('Gather', [graph.add('Shape', [tensor]), graph.integers([2], [])])
  const [zero, one] = [graph.integers([0], []), graph.integers([1], [])]
  const [fresh, all] = [lengthOf(queries), lengthOf(keys)]
  const counted = graph.add('Range', [zero, fresh, one])
  const placed = aligned === 'start' ? counted : graph.add('Add', [counted, graph.add('Sub', [all, fresh])])
  return {
    rows: graph.add('Unsqueeze', [placed, graph.integers([1])]),
    columns: graph.add('Unsqueeze', [graph.add('Range', [zero, all, one]), graph.integers([0])]),
  }
}

/** Whether a key is not after the query, `[new, keys]`. */
export function causal(graph: OnnxGraph, { rows, columns }: Places): string {
  return graph.add('LessOrEqual', [columns, rows])
}
