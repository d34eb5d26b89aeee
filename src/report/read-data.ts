import type { KnownExplanation } from '../shared/explanation/known.ts'
import { knownOf } from '../shared/explanation/known.ts'
import type { Question } from '../shared/explanation/question.ts'
import type { Floats, ReportData, ReportPass, ReportSide } from '../shared/report/report-data.ts'

/** A record of the page and what is asked of it first. */
export interface Asked {
  readonly known: KnownExplanation
  readonly question: Question
}

/** What the page was made with. */
export function readData(text: string): Pick<ReportData, 'smooth' | 'panels'> & { readonly sides: readonly Asked[] } {
  const { sides, smooth, panels } = JSON.parse(text) as ReportData
  return { sides: sides.map(asked), smooth, panels }
}

function asked({ record, relevance, candidates, joint, question }: ReportSide): Asked {
  const matrix = {
    inputs: record.inputs.length,
    targets: record.targets.length,
    values: floats(relevance),
    candidates: floats(candidates),
  }
  return { known: knownOf({ ...record, relevance: matrix }, joint.map(pass)), question }
}

function pass({ relevance, candidates, ...rest }: ReportPass): KnownExplanation['joint'][number] {
  return { ...rest, relevance: floats(relevance), candidates: floats(candidates) }
}

function floats(base64: Floats): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const numbers = new DataView(bytes.buffer)
  return Float32Array.from({ length: bytes.length / Float32Array.BYTES_PER_ELEMENT }, (_, place) =>
    numbers.getFloat32(place * Float32Array.BYTES_PER_ELEMENT, true),
  )
}
