import { join } from 'node:path'
import type { ReportPage } from './report/report-page.ts'
import { openReportPage } from './report/report-page.ts'
import type { Typeface } from './drawing/text/typeface.ts'
import { openTypeface } from './drawing/text/typeface.ts'

/** Files that exports are made with. */
export interface ExportResources {
  readonly typeface: Typeface
  readonly page: ReportPage
}

/**
 * Reads them.
 * @param folder the package's `resources`
 */
export async function openExportResources(folder: string): Promise<ExportResources> {
  const [typeface, page] = await Promise.all([openTypeface(join(folder, 'fonts')), openReportPage(join(folder, 'report'))])
  return { typeface, page }
}
