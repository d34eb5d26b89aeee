import { absoluteMaximum, clearRelevance } from '../../../shared/explanation/scale.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import { textColour } from '../../../shared/colour/contrast.ts'
import { cssColour, over } from '../../../shared/colour/rgba.ts'
import type { Candidate, Explanation, Input, Target } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { ExportView } from '../export-view.ts'
import { label, visible } from '../drawing/text/lettering.ts'
import { palettes } from '../drawing/palette.ts'
import type { Provenance } from '../data/provenance.ts'
import { provenanceOf } from '../data/provenance.ts'
import { positionOf } from '../subject.ts'
import { hex } from '../drawing/text/svg.ts'
import { answerColour } from '../target-view.ts'

/** Steps of a ramp from full opposition to full support. */
const steps = 129

/** What a report's script works with; the same names stand at the head of resources/report/report.js. */
export interface ReportData {
  readonly provenance: Provenance
  readonly grid: { readonly rows: number; readonly columns: number } | null
  readonly inputs: readonly (Pick<Input, 'kind' | 'row' | 'column'> & {
    readonly label: string
    readonly members: readonly number[]
  })[]
  readonly targets: readonly ReportTarget[]
  /** `[inputs, targets]` row by row, in nats: base64 of little-endian float32. */
  readonly relevance: string
  /** Columns that are shown first. */
  readonly chosen: readonly number[]
  readonly scale: ExportView['scale']
  /** Full colour, in nats: of the answer's patches and text, and absolute. */
  readonly maxima: { readonly image: number; readonly text: number; readonly absolute: number }
  /** From where on relevance says something, in nats. */
  readonly clear: number
  /** CSS colours from full opposition to full support, and of text that is read on them. */
  readonly colours: Readonly<Record<Theme, readonly ReportColour[]>>
}

interface ReportColour {
  readonly ground: string
  readonly text: string
}

interface ReportTarget {
  readonly segment: Target['segment']
  readonly index: number
  /** As it stands in the text, marks that show nothing made visible. */
  readonly text: string
  readonly logprob: number
  readonly position: number
  readonly candidates: readonly { readonly label: string; readonly logprob: number }[]
}

/**
 * What a report's script works with.
 * @throws `model-not-finite`
 */
export function reportData(view: ExportView): ReportData {
  const { explanation, subject, scale } = view
  const { grid, inputs, targets } = explanation
  return {
    provenance: provenanceOf(view),
    grid: grid === null ? null : { rows: grid.rows, columns: grid.columns },
    inputs: inputs.map(({ kind, row, column, text, members }) => ({ kind, row, column, label: label(text), members })),
    targets: targets.map((target) => reportTarget(explanation, target)),
    relevance: base64(explanation),
    chosen: subject.targets.map(({ column }) => column),
    scale,
    maxima: { image: answerColour(explanation, 'image'), text: answerColour(explanation, 'text'), absolute: absoluteMaximum },
    clear: clearRelevance,
    colours: { light: colours('light'), dark: colours('dark') },
  }
}

/** JSON for a `<script>` element: nothing in it ends the element, opens a comment or breaks a line. */
export function inertJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function reportTarget(explanation: Explanation, target: Target): ReportTarget {
  const { segment, index, text, logprob, candidates } = target
  return {
    segment,
    index,
    text: visible(text),
    logprob,
    position: positionOf(explanation, target),
    candidates: candidates.map((candidate: Candidate) => ({ label: label(candidate.text), logprob: candidate.logprob })),
  }
}

function base64({ model, relevance: { values } }: Explanation): string {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, place) => {
    bytes.writeFloatLE(Number.isFinite(value) ? value : fail('model-not-finite', { model: model.name }), place * 4)
  })
  return bytes.toString('base64')
}

function colours(theme: Theme): ReportColour[] {
  return Array.from({ length: steps }, (_, step) => {
    const colour = ramp((2 * step) / (steps - 1) - 1, theme)
    const text = textColour(over(colour, palettes[theme].panelColour))
    return { ground: cssColour(colour), text: hex(text) }
  })
}
