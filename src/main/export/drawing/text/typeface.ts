import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FontMetrics } from './font-metrics.ts'
import { fontMetrics } from './font-metrics.ts'

/** Weights that Whence's drawings use. */
export type Weight = 'regular' | 'semibold'

/** The bundled typeface: what measures it and what draws it. */
export interface Typeface {
  readonly metrics: Readonly<Record<Weight, FontMetrics>>
  /** Font files, for the rasteriser. */
  readonly files: readonly string[]
}

/** Name of the typeface in the drawings. */
export const fontFamily = 'Inter'

/** The same for other programs, which may not have it. */
export const fontFamilies = `${fontFamily}, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`

/**
 * Reads the bundled typeface.
 * @param folder the package's `resources/fonts`
 */
export async function openTypeface(folder: string): Promise<Typeface> {
  const files = { regular: join(folder, 'Inter-Regular.ttf'), semibold: join(folder, 'Inter-SemiBold.ttf') }
  const [regular, semibold] = await Promise.all([readFile(files.regular), readFile(files.semibold)])
  return { metrics: { regular: fontMetrics(regular), semibold: fontMetrics(semibold) }, files: [files.regular, files.semibold] }
}
