import type { ExplanationFile, ReadExplanation } from '../../../src/shared/explanation/file/record-file.ts'
import { readExplanationFile } from '../../../src/shared/explanation/file/record-file.ts'
import type { JointPass } from '../../../src/shared/explanation/joint-pass.ts'

/** A recorded explanation with the joint passes that its questions need. */
export interface ParityRecord extends ReadExplanation {
  readonly joint: readonly JointPass[]
}

/** The same as its fixture holds it. */
export interface ParityFile {
  readonly record: ExplanationFile
  readonly joint: readonly PackedPass[]
}

/** A joint pass as JSON: NaN, which it does not know, is `null`. */
interface PackedPass extends Pick<JointPass, 'members' | 'neighbours'> {
  readonly relevance: readonly (number | null)[]
  readonly candidates: readonly (number | null)[]
}

/** Reads a recorded explanation from the JSON of its fixture. */
export function readParityRecord(text: string): ParityRecord {
  const { record, joint } = JSON.parse(text) as ParityFile
  return { ...readExplanationFile(record), joint: joint.map(unpacked) }
}

/** A joint pass as its fixture holds it. */
export function packedPass({ members, neighbours, relevance, candidates }: JointPass): PackedPass {
  const numbers = (values: Float32Array): (number | null)[] => [...values].map((value) => (Number.isNaN(value) ? null : value))
  return { members, neighbours, relevance: numbers(relevance), candidates: numbers(candidates) }
}

function unpacked({ relevance, candidates, ...rest }: PackedPass): JointPass {
  const numbers = (values: readonly (number | null)[]) => Float32Array.from(values, (value) => value ?? Number.NaN)
  return { ...rest, relevance: numbers(relevance), candidates: numbers(candidates) }
}
