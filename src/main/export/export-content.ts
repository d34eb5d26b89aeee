import type { ExportRequest } from '../../shared/contract/library.ts'
import type { About } from '../../shared/explanation/question.ts'
import { wholeAnswer } from '../../shared/explanation/question.ts'
import type { Theme } from '../../shared/colour/ramp.ts'
import type { FileContent } from '../files/write-whole.ts'
import { explanationCsv } from './data/explanation-csv.ts'
import { explanationJson } from './data/explanation-json.ts'
import { formatJson } from './data/format-json.ts'
import { provenanceOf } from './data/provenance.ts'
import { annotatedPng, pixelsPerUnit } from './drawing/annotated-png.ts'
import { annotatedSvg, contactSvg } from './drawing/annotated-svg.ts'
import type { DisplayPicture } from './drawing/display-picture.ts'
import { displayPicture } from './drawing/display-picture.ts'
import { withTexts } from './drawing/png-text.ts'
import type { SheetSource } from './drawing/sheet.ts'
import { penOf } from './drawing/text/pen.ts'
import type { Svg } from './drawing/text/svg.ts'
import type { Typeface } from './drawing/text/typeface.ts'
import type { ExportResources } from './export-resources.ts'
import type { ExportedRecord, ExportView } from './export-view.ts'
import { askedAgain } from './export-view.ts'
import { htmlReport } from './report/html-report.ts'

/** A kind of file; see docs/exports.md. */
export type ExportFormat = ExportRequest['format']

/**
 * What a file of a format holds.
 * @throws `model-not-finite`
 */
export async function exportContent(format: ExportFormat, view: ExportView, resources: ExportResources): Promise<FileContent> {
  const { typeface } = resources
  switch (format) {
    case 'png':
      return viewPng(await sheetSource(view, typeface), typeface, 1)
    case 'png2x':
      return viewPng(await sheetSource(view, typeface), typeface, 2)
    case 'svg':
      return annotatedSvg(await sheetSource(view, typeface))
    case 'sheet':
      return contactPng(await sheetSource(view, typeface), typeface)
    case 'html':
      return htmlReport(view, resources.page)
    case 'json':
      return jsonOf(view)
    case 'csv':
      return explanationCsv(view.explanation, provenanceOf(view))
  }
}

/** What drawings of a view are made from. */
export async function sheetSource(view: ExportView, typeface: Typeface): Promise<SheetSource> {
  const { theme } = view.display
  const [picture, beside] = await Promise.all([greyed(view, theme), view.beside === null ? null : greyed(view.beside, theme)])
  return { view, picture, beside, pen: penOf(typeface, theme) }
}

async function greyed({ image, explanation: { picture } }: ExportedRecord, theme: Theme): Promise<DisplayPicture | null> {
  return image === null || picture === null ? null : displayPicture(image, picture, theme)
}

/** One of many pictures of the same explanation: about some of its tokens. */
export async function tokenPng(source: SheetSource, about: About, typeface: Typeface): Promise<Uint8Array> {
  const { scale } = source.view.question
  return viewPng({ ...source, view: askedAgain(source.view, { ...wholeAnswer, about, scale }) }, typeface, pixelsPerUnit)
}

/** The contact sheet: always about the whole answer, whatever is asked. */
export async function contactPng(source: SheetSource, typeface: Typeface): Promise<Uint8Array> {
  const { scale } = source.view.question
  const whole = { ...source, view: askedAgain(source.view, { ...wholeAnswer, scale }) }
  return pngOf(contactSvg(whole), whole.view, typeface, pixelsPerUnit)
}

async function viewPng(source: SheetSource, typeface: Typeface, zoom: number): Promise<Uint8Array> {
  return pngOf(annotatedSvg(source), source.view, typeface, zoom)
}

async function pngOf(svg: Svg, view: ExportView, typeface: Typeface, zoom: number): Promise<Uint8Array> {
  const texts = { Software: `Whence ${view.version}`, Description: JSON.stringify(provenanceOf(view)) }
  return withTexts(await annotatedPng(svg, typeface, zoom), texts)
}

function jsonOf(view: ExportView): string {
  const { explanation, name, version } = view
  const pictureName = explanation.picture === null ? null : name
  return formatJson({ ...explanationJson(explanation, pictureName, version), provenance: provenanceOf(view) })
}
