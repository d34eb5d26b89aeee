import type { ExportDisplay } from '../../shared/contract/library.ts'
import type { JointPass } from '../../shared/explanation/joint-pass.ts'
import type { KnownExplanation } from '../../shared/explanation/known.ts'
import { knownOf } from '../../shared/explanation/known.ts'
import type { About, Question } from '../../shared/explanation/question.ts'
import type { Explanation } from '../../shared/explanation/record.ts'
import type { View } from '../../shared/explanation/view.ts'
import { comparedViews, viewOf } from '../../shared/explanation/view.ts'
import type { ShownImage } from './drawing/display-picture.ts'

/** A record with its picture, ready to be drawn. */
export interface ExportedRecord {
  readonly explanation: Explanation
  /** Joint passes that a reverse question needs. */
  readonly joint: readonly JointPass[]
  /** The upright picture, in any size; `null` for a document. */
  readonly image: ShownImage | null
  /** What the person calls the picture; empty for a document. */
  readonly name: string
}

/** What is exported, and how it is looked at. */
export interface ExportView extends ExportedRecord {
  readonly known: KnownExplanation
  readonly question: Question
  /** The answer that is drawn. */
  readonly view: View
  /** The record that it is compared with, and its answer on the same scale; `null` without one. */
  readonly beside: (ExportedRecord & { readonly known: KnownExplanation; readonly view: View }) | null
  readonly display: ExportDisplay
  /** Id of the entry in the history; `null` for one that is in none. */
  readonly entry: string | null
  /** Version of Whence. */
  readonly version: string
}

/** What an export is made of. */
export interface ExportRequestParts {
  readonly record: ExportedRecord
  readonly question: Question
  /** The other record of a comparison. */
  readonly compared: ExportedRecord | null
  readonly display: ExportDisplay
  readonly entry: string | null
  readonly version: string
}

/** Answers the question and puts together what is drawn. */
export function exportView({ record, question, compared, display, entry, version }: ExportRequestParts): ExportView {
  const known = knownOf(record.explanation, record.joint)
  const other = compared === null ? null : { ...compared, known: knownOf(compared.explanation, compared.joint) }
  const sides =
    other === null ? null : comparedViews({ known, question }, { known: other.known, question: besideQuestion(question) })
  return {
    ...record,
    known,
    question,
    view: sides === null ? viewOf(known, question) : sides[0],
    beside: other === null || sides === null ? null : { ...other, view: sides[1] },
    display,
    entry,
    version,
  }
}

/** The same record, asked something else that needs no other record and no further pass. */
export function askedAgain(view: ExportView, question: Question): ExportView {
  return exportView({ ...view, record: view, question, compared: null })
}

/** What is asked of the record on the other side. */
function besideQuestion({ against, scale }: Question): Question {
  const about: About = against.kind === 'record' ? against.about : { kind: 'answer' }
  return { about, against: { kind: 'nothing' }, without: null, scale }
}
