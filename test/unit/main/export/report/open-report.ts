import type { PageElement } from 'jsdom'
import { JSDOM } from 'jsdom'
import type { ExportView } from '../../../../../src/main/export/export-view.ts'
import { exportView } from '../../../../../src/main/export/export-view.ts'
import { htmlReport } from '../../../../../src/main/export/report/html-report.ts'
import { openReportPage } from '../../../../../src/main/export/report/report-page.ts'
import type { JointPass } from '../../../../../src/shared/explanation/joint-pass.ts'
import type { Question } from '../../../../../src/shared/explanation/question.ts'
import { wholeAnswer } from '../../../../../src/shared/explanation/question.ts'
import type { Explanation } from '../../../../../src/shared/explanation/record.ts'
import { explanation } from '../hand-made.ts'

/** The committed page, read once. */
export const page = await openReportPage('resources/report')

/** What is exported besides a question. */
export interface Around {
  readonly compared?: Explanation
  readonly joint?: readonly JointPass[]
  readonly smooth?: boolean
  readonly view?: 'map' | 'table'
  readonly name?: string
}

/** A view of a hand-made explanation as it is exported. */
export function exported(whole: Explanation = explanation(), question: Partial<Question> = {}, around: Around = {}): ExportView {
  const { compared, joint = [], smooth = false, view = 'map', name } = around
  const record = (each: Explanation) => ({
    explanation: each,
    joint,
    image: each.picture === null ? null : white,
    name: nameOf(each),
  })
  const nameOf = ({ picture }: Explanation) => name ?? (picture === null ? '' : 'plain.png')
  return exportView({
    record: record(whole),
    question: { ...wholeAnswer, ...question },
    compared: compared === undefined ? null : { ...record(compared), joint: [] },
    display: { theme: 'light', smooth, view },
    entry: '0f8b4c1e-0000-4000-8000-000000000000',
    version: '1.2.3',
  })
}

const white = { width: 24, height: 24, data: new Uint8Array(24 * 24 * 3).fill(255) }

/** The page of a view: without scripts, or at work in a browser that has one colour scheme. */
export async function openReport(view: ExportView, scheme: 'no scripts' | 'light' | 'dark' = 'light') {
  const html = await htmlReport(view, page)
  const { window } =
    scheme === 'no scripts'
      ? new JSDOM(html)
      : new JSDOM(html, {
          runScripts: 'dangerously',
          beforeParse: (target) => {
            Object.assign(target, { matchMedia: () => ({ matches: scheme === 'dark', addEventListener: () => undefined }) })
          },
        })
  const { document } = window
  const all = (selector: string): PageElement[] => [...document.querySelectorAll(selector)]
  const find = (selector: string): PageElement => {
    const [found] = all(selector)
    if (found === undefined) throw new Error(`no ${selector}`)
    return found
  }
  return {
    html,
    document,
    all,
    find,
    texts: (selector: string) => all(selector).map(({ textContent }) => textContent),
    role: (role: string) => all(`[data-side="0"] [data-role="${role}"]`).map(({ textContent }) => textContent),
    press: (target: PageElement, key: string) =>
      target.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
    click: (selector: string, shiftKey = false) =>
      find(selector).dispatchEvent(new window.MouseEvent('click', { shiftKey, bubbles: true })),
    hover: (cell: number) => find(`[data-cell="${cell}"]`).dispatchEvent(new window.Event('pointermove', { bubbles: true })),
    fills: (side = 0) => all(`[data-side="${side}"] [data-cell]`).map((cell) => cell.getAttribute('fill')),
    pressed: () => all('[data-token][aria-pressed="true"]').map(({ textContent }) => textContent),
  }
}
