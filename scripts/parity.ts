import { isExplanationFile, fileSource } from '../src/main/cli/commands/explanation-files.ts'
import { reported } from '../src/main/cli/output/reported.ts'
import { terminalReport } from '../src/main/cli/output/terminal-report.ts'
import { askedOf } from '../src/main/cli/question/asked.ts'
import { questionOf } from '../src/main/cli/question/question-of.ts'
import { tokenList } from '../src/main/cli/options/option-values.ts'
import { exportContent } from '../src/main/export/export-content.ts'
import { openExportResources } from '../src/main/export/export-resources.ts'
import type { ExportView } from '../src/main/export/export-view.ts'
import { sourceView } from '../src/main/export/make-export.ts'
import { knownOf } from '../src/shared/explanation/known.ts'
import { formatNats, preciseNats } from '../src/shared/explanation/numbers.ts'
import { readExplanationFile } from '../src/shared/explanation/file/record-file.ts'
import { isClear } from '../src/shared/explanation/scale.ts'
import { viewOf } from '../src/shared/explanation/view.ts'
import { strongestFirst } from '../src/shared/explanation/view/view-words.ts'

// Draws one explanation and one question in four forms and prints side by side what each of them says: npm run parity -- cats.json cats.png 4
// Exits with 1 when two of them differ.

/** How many of the strongest words are compared. */
const compared = 3

/** A thing that is said, in one of the ways in which it is written. */
interface Row {
  readonly what: string
  readonly said: readonly string[]
}

/** What the view says: scale, unit, marks, title, three values as they are written. */
function rowsOf({ view }: Pick<ExportView, 'view'>): Row[] {
  const { title, detail, scale, words, candidates } = view
  return [
    { what: 'title', said: [title] },
    { what: 'detail', said: [detail] },
    { what: 'full colour', said: [scale.ticks.map(({ label }) => label).join(' ')] },
    { what: 'scale', said: [scale.words] },
    { what: 'unit', said: [scale.unit] },
    ...strongestFirst(words)
      .filter(({ nats }) => isClear([nats]))
      .slice(0, compared)
      .map(({ label, nats }) => ({ what: label, said: [`${label} ${formatNats(nats)}`, `${label} ${preciseNats(nats)}`] })),
    ...candidates.slice(0, compared).map(({ label, written }) => ({ what: `p of ${label}`, said: [`${label} ${written}`] })),
  ]
}

/** The texts of a drawing or a page, without its marks; scripts and embedded numbers are no text. */
function textOf(page: string): string {
  const marks = [...page.matchAll(/data-role="tick"[^>]*>([^<]*)</g)].map(([, label]) => label)
  const text = page
    .replaceAll(/<(script|style|metadata)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  return `${text} ${marks.join('  ')}`.replaceAll(/\s+/g, ' ')
}

/** Whether a form says it in one of its ways, wherever lines break and quotation marks stand. */
function says(form: string, { said }: Row): boolean {
  const bare = (text: string): string => text.replaceAll(/[\s“”:]+/g, '')
  return said.some((each) => bare(form).includes(bare(each)))
}

async function formsOf(answer: ExportView): Promise<ReadonlyMap<string, string>> {
  const resources = await openExportResources('resources')
  const written = JSON.parse(String(await exportContent('json', answer, resources))) as unknown
  const read = readExplanationFile(written).explanation
  const again = viewOf(knownOf(read, answer.joint), answer.question)
  return new Map([
    // The file holds numbers alone: what a reader of it computes.
    [
      '--json',
      rowsOf({ view: again })
        .map(({ said }) => said)
        .join(' '),
    ],
    ['--svg', textOf(String(await exportContent('svg', answer, resources)))],
    ['--html', textOf(String(await exportContent('html', answer, resources)))],
    ['terminal', terminalReport(reported(answer.explanation, [answer.view], answer.question.scale), 'none', undefined)],
  ])
}

async function answerOf(file: string, picture: string | null, tokens: string | undefined): Promise<ExportView> {
  const source = await fileSource(file, picture)
  const explanation = await source.explanation()
  const asked = askedOf(tokens === undefined ? {} : { tokens: tokenList('tokens', tokens) })
  return sourceView(source, {
    format: picture === null ? 'json' : 'html',
    question: questionOf(knownOf(explanation), explanation.prompt.text, asked),
    display: { theme: 'light', smooth: false, view: 'map' },
    version: 'parity',
    signal: new AbortController().signal,
    entry: () => source,
  })
}

const [file, ...rest] = process.argv.slice(2)
if (file === undefined || !isExplanationFile(file)) throw new Error('usage: npm run parity -- FILE.json [PICTURE] [TOKENS]')
const picture = rest.find((each) => /\.\w+$/.test(each)) ?? null
const answer = await answerOf(
  file,
  picture,
  rest.find((each) => /^[\d,-]+$/.test(each)),
)
const forms = await formsOf(answer)
const rows = rowsOf(answer)
const found = rows.map((row) => ({
  what: row.what,
  said: row.said.join(' / '),
  ...Object.fromEntries([...forms].map(([name, form]) => [name, says(form, row) ? 'same' : 'DIFFERS'])),
}))
console.table(found)
console.log(`full colour ${answer.view.scale.maximum} nats`)
process.exitCode = rows.every((row) => [...forms.values()].every((form) => says(form, row))) ? 0 : 1
