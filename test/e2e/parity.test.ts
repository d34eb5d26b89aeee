import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerText } from '../../src/main/cli/output/answer-text.ts'
import { annotatedSvg } from '../../src/main/export/drawing/annotated-svg.ts'
import { sheetSource } from '../../src/main/export/export-content.ts'
import type { ExportResources } from '../../src/main/export/export-resources.ts'
import { openExportResources } from '../../src/main/export/export-resources.ts'
import type { ExportView } from '../../src/main/export/export-view.ts'
import { htmlReport } from '../../src/main/export/report/html-report.ts'
import type { Theme } from '../../src/shared/colour/ramp.ts'
import { themes } from '../../src/shared/colour/ramp.ts'
import { formatNats } from '../../src/shared/explanation/numbers.ts'
import type { View } from '../../src/shared/explanation/view.ts'
import { element } from '../../src/shared/values/element.ts'
import { buildParityPage } from '../helpers/parity/build-parity-page.ts'
import { exportOf } from '../helpers/parity/export-of.ts'
import type { Asked, ParityName, ParityPage } from '../helpers/parity/parity-page-api.ts'
import { parityFiles } from '../helpers/parity/parity-page-api.ts'
import type { NamedQuestion } from '../helpers/parity/parity-questions.ts'
import { parityQuestions } from '../helpers/parity/parity-questions.ts'
import type { ParityRecord } from '../helpers/parity/parity-record.ts'
import { readParityRecord } from '../helpers/parity/parity-record.ts'
import type { Places } from '../helpers/parity/read-surface.ts'
import { readSurface } from '../helpers/parity/read-surface.ts'
import {
  drawingPlaces,
  drawingShows,
  drawingSide,
  drawingSideShows,
  reportPlaces,
  reportShows,
  windowPlaces,
  windowShows,
  windowSide,
  windowSideShows,
} from '../helpers/parity/surface-places.ts'
import type { Seen, Shows } from '../helpers/parity/surfaces.ts'
import { comparisons, expected, withUncutLabels } from '../helpers/parity/surfaces.ts'
import { startChromium } from './harness/chromium.ts'

const root = join(import.meta.dirname, '..', '..')
const origin = 'http://localhost'

/** The record that stands on the other side of every comparison. */
const other: ParityName = 'other'

let chromium: Browser
let app: Page
let report: Page
let resources: ExportResources

beforeAll(async () => {
  const folder = await buildParityPage()
  resources = await openExportResources(join(root, 'resources'))
  chromium = await startChromium()
  // A page behind another one of its context draws once a second.
  const context = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
  app = await chromium.newPage(context)
  report = await chromium.newPage(context)
  await app.route(`${origin}/**`, async (route) => route.fulfill(fileAt(folder, new URL(route.request().url()).pathname)))
  await app.goto(`${origin}/parity.html`)
  await app.waitForFunction(() => 'parity' in globalThis)
})

afterAll(() => chromium.close())

/** What is served: the test page, the records, and one picture for all of them. */
function fileAt(folder: string, path: string): { readonly body: string } | { readonly path: string } {
  if (path === '/picture.png') return { path: join(root, 'resources', 'samples', 'cats.png') }
  const file = parityFiles.find((known) => path === `/${known}.json`)
  return file === undefined ? { path: join(folder, path) } : { body: fixture(file) }
}

function fixture(file: ParityName): string {
  return gunzipSync(readFileSync(join(root, 'test', 'fixtures', 'parity', `${file}.json.gz`))).toString()
}

const records = new Map<ParityName, ParityRecord>(parityFiles.map((file) => [file, readParityRecord(fixture(file))]))

function recordOf(file: ParityName): ParityRecord {
  return records.get(file) ?? expect.fail(`no record ${file}`)
}

/** One surface's part for one answer. */
interface Surface {
  readonly name: string
  readonly view: View
  readonly shows: Shows
  readonly seen: Seen
}

/** Everything that shows the answers to a question, read. */
async function surfacesOf(asked: Asked): Promise<Surface[]> {
  const { file, question, beside, theme } = asked
  const exported = exportOf(recordOf(file), question, beside === null ? null : recordOf(beside), theme)
  return [...(await windowSurfaces(asked, exported)), ...(await reportSurfaces(exported)), ...(await drawingSurfaces(exported))]
}

async function windowSurfaces(asked: Asked, { view, beside }: ExportView): Promise<Surface[]> {
  await app.evaluate((given) => (globalThis as unknown as { readonly parity: ParityPage }).parity.show(given), asked)
  const read = async (name: string, of: View, places: Places, shows: Shows): Promise<Surface> => ({
    name,
    view: of,
    shows,
    seen: await app.evaluate(readSurface, { places, svg: null }),
  })
  if (beside === null) return [await read('window', view, windowPlaces, windowShows)]
  return [
    await read('window', view, { ...windowPlaces, summary: '', cells: windowSide(0).cells }, { ...windowShows, summary: false }),
    await read('window, first side', view, windowSide(0), windowSideShows(0)),
    await read('window, second side', beside.view, windowSide(1), windowSideShows(1)),
  ]
}

async function reportSurfaces(exported: ExportView): Promise<Surface[]> {
  await report.setContent(await htmlReport(exported, resources.page))
  const views = exported.beside === null ? [exported.view] : [exported.view, exported.beside.view]
  return Promise.all(
    views.map(async (view, side) => ({
      name: `report, side ${side}`,
      view,
      shows: reportShows,
      seen: await report.evaluate(readSurface, { places: reportPlaces(side), svg: null }),
    })),
  )
}

async function drawingSurfaces(exported: ExportView): Promise<Surface[]> {
  const svg = annotatedSvg(await sheetSource(exported, resources.typeface))
  const read = async (name: string, view: View, places: Places, shows: Shows): Promise<Surface> => ({
    name,
    view,
    shows,
    seen: await report.evaluate(readSurface, { places, svg }),
  })
  if (exported.beside === null) return [await read('drawing', exported.view, drawingPlaces, drawingShows)]
  return [
    await read('drawing, first side', exported.view, drawingSide(0), drawingSideShows(0)),
    await read('drawing, second side', exported.beside.view, drawingSide(1), drawingSideShows(1)),
  ]
}

/** What a terminal has to write of an answer. The command line compares no two records, so it shows each side by itself. */
function inTerminal(view: View): string[] {
  const { title, detail, notes, scale, without } = view
  const drops = without?.drops ? without.drops : []
  return [
    title,
    detail,
    ...notes,
    scale.words,
    scale.unit,
    scale.ticks.map(({ label }) => label).join('  '),
    ...view.candidates.map(({ label, written }) => `${label} ${written}`),
    ...(without === null ? [] : [without.title, without.words]),
    ...drops.map(({ nats }) => formatNats(nats)),
  ]
}

/** @returns how many texts, numbers and colours were compared */
async function compare(file: ParityName, { name, question }: NamedQuestion, theme: Theme): Promise<number> {
  const beside = question.against.kind === 'record' ? other : null
  const surfaces = await surfacesOf({ file, question, beside, theme })
  const compared = surfaces.map((surface) => {
    const wanted = expected(surface.view, theme, surface.shows)
    expect.soft(withUncutLabels(surface.seen, wanted), `${surface.name}: ${name}, ${question.scale}, ${theme}`).toEqual(wanted)
    return comparisons(wanted)
  })
  const { view } = element(surfaces, 0)
  const text = answerText(view, 'none')
  const written = inTerminal(view)
  expect(
    written.filter((part) => !text.includes(part)),
    `terminal: ${name}, ${question.scale}`,
  ).toEqual([])
  return compared.reduce((sum, count) => sum + count, written.length)
}

/** Fewest texts, numbers and colours of one answer on all surfaces: a document has no cells. */
const least = { picture: 400, document: 60 }

describe.each(themes)('in the %s theme', (theme) => {
  it.each(parityFiles)('window, report, drawing and terminal show the same of the record "%s"', async (file) => {
    await report.emulateMedia({ colorScheme: theme })
    const { explanation } = recordOf(file)
    const questions = parityQuestions(explanation)
    expect(questions.length).toBe(explanation.grid === null ? 21 : 24)
    for (const question of questions)
      expect(await compare(file, question, theme)).toBeGreaterThan(explanation.grid === null ? least.document : least.picture)
  })
})
