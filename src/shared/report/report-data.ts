import type { Rgb } from '../colour/rgba.ts'
import type { Theme } from '../colour/ramp.ts'
import type { JointPass } from '../explanation/joint-pass.ts'
import type { Question } from '../explanation/question.ts'
import type { Explanation } from '../explanation/record.ts'

/** What a report's page is made of, as JSON within it. */
export interface ReportData {
  /** Where it comes from; see docs/exports.md. */
  readonly provenance: object
  /** The record, and the one it is compared with. */
  readonly sides: readonly ReportSide[]
  /** Whether the map's cells run into each other. */
  readonly smooth: boolean
  /** The colour behind the tokens, with which theirs are blended. */
  readonly panels: Readonly<Record<Theme, Rgb>>
}

/** A record and what is asked of it first. */
export interface ReportSide {
  readonly record: Omit<Explanation, 'relevance'>
  readonly relevance: Floats
  readonly candidates: Floats
  readonly joint: readonly ReportPass[]
  readonly question: Question
}

/** A pass of several parts together; see {@link JointPass}. */
export interface ReportPass extends Pick<JointPass, 'members' | 'neighbours'> {
  readonly relevance: Floats
  readonly candidates: Floats
}

/** Base64 of little-endian float32. */
export type Floats = string
