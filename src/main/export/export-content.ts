import type { ExportRequest } from '../../shared/contract/library.ts'
import { annotatedPng, pixelsPerUnit } from './drawing/annotated-png.ts'
import { annotatedSvg } from './drawing/annotated-svg.ts'
import type { FileContent } from '../files/write-whole.ts'
import { displayPicture } from './drawing/display-picture.ts'
import { explanationCsv } from './data/explanation-csv.ts'
import { explanationJson, formatJson } from './data/explanation-json.ts'
import type { ExportResources } from './export-resources.ts'
import type { ExportView } from './export-view.ts'
import { htmlReport } from './report/html-report.ts'
import { penOf } from './drawing/text/pen.ts'
import { withTexts } from './drawing/png-text.ts'
import { provenanceOf } from './data/provenance.ts'
import type { SheetSource } from './drawing/sheet.ts'
import { completionTargets, subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'
import type { Svg } from './drawing/text/svg.ts'
import type { Typeface } from './drawing/text/typeface.ts'

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
      return viewPng(view, typeface, 1)
    case 'png2x':
      return viewPng(view, typeface, 2)
    case 'svg':
      return annotatedSvg(await sheetSource(view, typeface), view.subject)
    case 'sheet':
      return pngOf(annotatedSvg(await sheetSource(view, typeface), null), wholeOf(view), typeface, pixelsPerUnit)
    case 'html':
      return htmlReport(view, resources.page)
    case 'json':
      return jsonOf(view)
    case 'csv':
      return explanationCsv(view.explanation, provenanceOf(view))
  }
}

/** What drawings of a view are made from. */
export async function sheetSource(view: Omit<ExportView, 'subject'>, typeface: Typeface): Promise<SheetSource> {
  const { explanation, image, name, scale, theme, entry, version } = view
  const { picture } = explanation
  const display = image === null || picture === null ? null : await displayPicture(image, picture, theme)
  return {
    explanation,
    picture: display === null ? null : { name, display },
    pen: penOf(typeface, theme),
    scale,
    entry,
    version,
  }
}

/** One of many pictures of the same explanation: of a subject, or of every token. */
export async function sheetPng(source: SheetSource, subject: Subject | null, typeface: Typeface): Promise<Uint8Array> {
  const about = { ...source, name: source.picture?.name ?? '', subject: subject ?? wholeOf(source).subject }
  return pngOf(annotatedSvg(source, subject), about, typeface, pixelsPerUnit)
}

async function viewPng(view: ExportView, typeface: Typeface, zoom: number): Promise<Uint8Array> {
  return pngOf(annotatedSvg(await sheetSource(view, typeface), view.subject), view, typeface, zoom)
}

async function pngOf(svg: Svg, about: Parameters<typeof provenanceOf>[0], typeface: Typeface, zoom: number): Promise<Uint8Array> {
  const texts = { Software: `Whence ${about.version}`, Description: JSON.stringify(provenanceOf(about)) }
  return withTexts(await annotatedPng(svg, typeface, zoom), texts)
}

/** The same view of the whole completion. */
function wholeOf<View extends Pick<ExportView, 'explanation'>>(view: View): View & Pick<ExportView, 'subject'> {
  return { ...view, subject: subjectOf(view.explanation, completionTargets(view.explanation)) }
}

function jsonOf(view: ExportView): string {
  const { explanation, name, version } = view
  const named = explanation.picture === null ? null : { name, provenance: explanation.picture }
  return formatJson({ ...explanationJson(explanation, named, version), provenance: provenanceOf(view) })
}
