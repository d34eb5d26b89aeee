import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { buildReportScript, reportScript } from '../../../../../scripts/report.ts'

describe('the committed script of the report', () => {
  it('is what its sources make: otherwise run `npm run report`', async () => {
    expect((await readFile(reportScript, 'utf8')).replaceAll('\r', '')).toBe(await buildReportScript())
  })

  it('holds no schema library and reaches for nothing outside the page', async () => {
    expect(await readFile(reportScript, 'utf8')).not.toMatch(/zod|ZodError|require\(|import\(|fetch\(|XMLHttp|innerHTML|eval\(/i)
  })
})
