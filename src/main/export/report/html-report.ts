import { straight } from '../../../shared/explanation/labels.ts'
import type { Scale } from '../../../shared/explanation/question.ts'
import { scales } from '../../../shared/explanation/question.ts'
import { meaning, scaleName } from '../../../shared/explanation/wording.ts'
import type { ReportLook } from '../../../shared/report/look.ts'
import { provenanceSettings } from '../data/provenance.ts'
import { palettes } from '../drawing/palette.ts'
import { escapeXml } from '../drawing/text/svg.ts'
import type { ExportedRecord, ExportView } from '../export-view.ts'
import { inertJson, reportData } from './report-data.ts'
import type { ReportPage } from './report-page.ts'
import { reportPolicy } from './report-page.ts'
import { reportSide } from './report-side.ts'

/**
 * A page that can be clicked, in one file: picture, map, words, candidates and numbers of every token, and where they come from. It asks for nothing from
 * outside and lets nothing in: its policy allows its own script and style by their hashes. Every text of the model or the person is escaped.
 * @throws `model-not-finite`
 */
export async function htmlReport(view: ExportView, page: ReportPage): Promise<string> {
  const sides = view.beside === null ? [view] : [view, view.beside]
  const drawn = await Promise.all(sides.map((side, place) => reportSide(side, place, firstLook(view))))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(reportPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Whence ${escapeXml(view.version)}">
<title>${escapeXml(titleOf(view))}</title>
<style>${page.style}</style>
</head>
<body>
${header(view, sides)}
<noscript><p class="text">To be clicked, this page needs its script, which the browser was told not to run. It shows what was chosen when it was made.</p></noscript>
<div class="${sides.length === 1 ? 'page' : 'page compared'}">
${drawn.join('\n')}
</div>
<div class="wide" role="region" aria-label="Where this comes from">
${provenance(view)}
</div>
<footer>${escapeXml(meaning)}</footer>
<script type="application/json" id="report">${inertJson(reportData(view))}</script>
<script>${page.script}</script>
</body>
</html>
`
}

/** How the page looks before its script runs: light, for the system's colours are not known. */
function firstLook({ display: { smooth, view } }: ExportView): ReportLook {
  return { theme: 'light', panel: palettes.light.panelColour, smooth, table: view === 'table', byStrength: false }
}

function titleOf({ view, name }: ExportView): string {
  return straight(name === '' ? `${view.title} · Whence` : `${view.title} · ${name} · Whence`)
}

const brand = `<svg class="brand" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path fill="currentColor" fill-opacity="0.2" d="M0 0h5v5h-5zM6.5 0h5v5h-5zM13 0h5v5h-5zM0 6.5h5v5h-5zM13 6.5h5v5h-5zM0 13h5v5h-5zM6.5 13h5v5h-5zM13 13h5v5h-5z"/><path fill="#d9541e" d="M6.5 6.5h5v5h-5z"/></svg>`

function header(view: ExportView, sides: readonly ExportedRecord[]): string {
  const { model, provider, grid } = view.explanation
  const about = [
    model.name,
    grid === null ? 'text only' : `${grid.rows}×${grid.columns}`,
    model.precision,
    provider.toUpperCase(),
    ...sides.flatMap(({ explanation, name }) => (explanation.picture === null ? [] : [name])),
  ]
  return `<header>${brand}<h1>Whence</h1><span class="about">${about.map(alone).join(' · ')}</span>${scaleChoice(view.question.scale)}</header>`
}

function scaleChoice(chosen: Scale): string {
  const radios = scales.map(
    (scale) =>
      `<label><input type="radio" name="scale" value="${scale}"${scale === chosen ? ' checked' : ''}> ${scaleName(scale)}</label>`,
  )
  return `<fieldset><legend>scale:</legend>${radios.join('')}</fieldset>`
}

/** A text of any direction, by itself. */
function alone(text: string): string {
  return `<bdi>${escapeXml(straight(text))}</bdi>`
}

function provenance(view: ExportView): string {
  const rows = provenanceSettings(view).map(([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${alone(value)}</dd>`)
  return `<details open><summary>Where this comes from</summary><div><dl>${rows.join('\n')}</dl></div></details>`
}
