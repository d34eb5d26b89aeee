import type { NodeProto } from 'onnx-buf'
import { requiredInputOf } from '../onnx/node.ts'
import { isStandard } from '../operators.ts'
import type { ScoreStep } from './score-steps.ts'

/** How a key is hidden from a query: a number added to its score, or a condition that chooses between score and a low number. */
export type Mask =
  | { readonly kind: 'added'; readonly node: NodeProto; readonly tensor: string; readonly place: number }
  | { readonly kind: 'chosen'; readonly node: NodeProto; readonly condition: string; readonly visibleWhen: boolean }

/** The masks on the way from the softmax down, nearest the scores first. */
export function masksIn(steps: readonly ScoreStep[]): Mask[] {
  return steps
    .map(maskOf)
    .filter((mask) => mask !== null)
    .reverse()
}

function maskOf({ node, place }: ScoreStep): Mask | null {
  // An Add has two inputs: what is not the scores is the mask.
  if (isStandard(node, 'Add')) return { kind: 'added', node, tensor: requiredInputOf(node, 1 - place), place: 1 - place }
  // Where takes its second input (1) where the condition holds, else its third.
  if (isStandard(node, 'Where')) return { kind: 'chosen', node, condition: requiredInputOf(node, 0), visibleWhen: place === 1 }
  return null
}
