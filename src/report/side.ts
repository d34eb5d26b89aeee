import type { Question } from '../shared/explanation/question.ts'
import type { View } from '../shared/explanation/view.ts'
import type { Cell } from '../shared/sequence/patch-grid.ts'
import type { Asked } from './read-data.ts'

/** A record on the page, as it is asked about now. */
export interface Side {
  readonly root: HTMLElement
  readonly known: Asked['known']
  question: Question
  /** The cell under the pointer or the arrow keys. */
  cell: Cell | null
  byStrength: boolean
  /** What is drawn now. */
  view: View | null
}
