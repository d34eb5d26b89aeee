import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What every report has in common: its script and its style. */
export interface ReportPage {
  readonly script: string
  readonly style: string
}

/**
 * Reads the report's script and style.
 * @param folder the package's `resources/report`
 */
export async function openReportPage(folder: string): Promise<ReportPage> {
  const [script, style] = await Promise.all([lines(join(folder, 'report.js')), lines(join(folder, 'report.css'))])
  return { script, style }
}

/** What a report's page may do: run its own script, wear its own style, show pictures that it holds; nothing else, and nothing from outside. */
export function reportPolicy({ script, style }: ReportPage): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** A page's text with the line ends that a browser counts. */
async function lines(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
}
