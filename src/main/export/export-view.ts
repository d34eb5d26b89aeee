import type { Scale } from '../../shared/explanation/question.ts'
import type { Theme } from '../../shared/colour/ramp.ts'
import type { Explanation } from '../../shared/explanation/record.ts'
import type { ShownImage } from './drawing/display-picture.ts'
import type { Subject } from './subject.ts'

/** What is exported, and how it is looked at. */
export interface ExportView {
  readonly explanation: Explanation
  /** The upright picture, in any size; `null` for a document. */
  readonly image: ShownImage | null
  /** What the person calls the picture; empty for a document. */
  readonly name: string
  readonly subject: Subject
  readonly scale: Scale
  readonly theme: Theme
  /** Id of the entry in the history; `null` for one that is in none. */
  readonly entry: string | null
  /** Version of Whence. */
  readonly version: string
}
