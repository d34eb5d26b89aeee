import { fail } from '../../../shared/contract/failure.ts'
import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import type { Question } from '../../../shared/explanation/question.ts'
import type { Floats, ReportData, ReportPass, ReportSide } from '../../../shared/report/report-data.ts'
import { provenanceOf } from '../data/provenance.ts'
import { palettes } from '../drawing/palette.ts'
import type { ExportedRecord, ExportView } from '../export-view.ts'

/**
 * What a report's page is made of.
 * @throws `model-not-finite`
 */
export function reportData(view: ExportView): ReportData {
  const { question, beside, display } = view
  const other = beside === null ? [] : [reportSide(beside, beside.view.question)]
  return {
    provenance: provenanceOf(view),
    sides: [reportSide(view, question), ...other],
    smooth: display.smooth,
    panels: { light: palettes.light.panelColour, dark: palettes.dark.panelColour },
  }
}

/** JSON for a `<script>` element: nothing in it ends the element, opens a comment or breaks a line. */
export function inertJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function reportSide({ explanation, joint }: ExportedRecord, question: Question): ReportSide {
  const { relevance, ...record } = explanation
  const { name } = explanation.model
  return {
    record,
    relevance: base64(relevance.values, name, Number.isFinite),
    candidates: base64(relevance.candidates, name, finiteOrMissing),
    joint: joint.map((pass) => reportPass(pass, name)),
    question,
  }
}

function reportPass({ relevance, candidates, ...rest }: JointPass, model: string): ReportPass {
  return { ...rest, relevance: base64(relevance, model, Number.isFinite), candidates: base64(candidates, model, finiteOrMissing) }
}

/** A target with fewer candidates has NaN in place of the others. */
function finiteOrMissing(value: number): boolean {
  return Number.isFinite(value) || Number.isNaN(value)
}

function base64(values: Float32Array, model: string, allowed: (value: number) => boolean): Floats {
  const bytes = Buffer.alloc(values.byteLength)
  values.forEach((value, place) => {
    bytes.writeFloatLE(allowed(value) ? value : fail('model-not-finite', { model }), place * values.BYTES_PER_ELEMENT)
  })
  return bytes.toString('base64')
}
