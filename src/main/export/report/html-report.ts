import { normalise } from '../../../shared/explanation/scale.ts'
import { cells, pixelBox } from '../../../shared/sequence/patch-grid.ts'
import { legendEnds, legendUnit } from '../../../shared/colour/legend.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'
import type { TextToken } from '../../../shared/explanation/record.ts'
import { colourPicture } from '../drawing/display-picture.ts'
import type { ExportView } from '../export-view.ts'
import { label, straight } from '../drawing/text/lettering.ts'
import { methodLine } from '../method-words.ts'
import { provenanceSettings } from '../data/provenance.ts'
import { inertJson, reportData } from './report-data.ts'
import type { ReportPage } from './report-page.ts'
import { reportPolicy } from './report-page.ts'
import { sheetTitle } from '../drawing/sheet.ts'
import { subjectText } from '../subject.ts'
import { element, escapeXml } from '../drawing/text/svg.ts'
import { fullColour, patchMap } from '../target-view.ts'

/**
 * A page that can be clicked, in one file: picture, map, words, candidates and numbers of every token, and where they come from. It asks for nothing from
 * outside and lets nothing in: its policy allows its own script and style by their hashes. Every text of the model or the person is escaped.
 * @throws `model-not-finite`
 */
export async function htmlReport(view: ExportView, page: ReportPage): Promise<string> {
  const picture = view.image === null ? '' : stage(view, await colourPicture(view.image))
  const main = picture === '' ? [tokens(view), legend(view)] : [picture, legend(view), tokens(view)]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(reportPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Whence ${escapeXml(view.version)}">
<title>${escapeXml(sheetTitle(view, subjectText(view.subject)))}</title>
<style>${page.style}</style>
</head>
<body>
${header(view)}
<noscript><p class="text">The numbers of this page need its script, which the browser was told not to run. The map shows what was chosen when it was made.</p></noscript>
<div class="page">
<main>
${main.join('\n')}
</main>
${inspector(view)}
</div>
<div class="wide" role="region" aria-label="Numbers and where they come from">
${numbers}
${provenance(view)}
</div>
<footer>${meaning}</footer>
<script type="application/json" id="report">${inertJson(reportData(view))}</script>
<script>${page.script}</script>
</body>
</html>
`
}

const meaning =
  'Colour and numbers: how much suppressing attention to a part of the input lowers (orange, +) or raises (blue, −) the token’s log-probability, in nats.'

const brand = `<svg class="brand" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path fill="currentColor" fill-opacity="0.2" d="M0 0h5v5h-5zM6.5 0h5v5h-5zM13 0h5v5h-5zM0 6.5h5v5h-5zM13 6.5h5v5h-5zM0 13h5v5h-5zM6.5 13h5v5h-5zM13 13h5v5h-5z"/><path fill="#d9541e" d="M6.5 6.5h5v5h-5z"/></svg>`

function header(view: ExportView): string {
  const { model, provider, grid } = view.explanation
  const about = [
    model.name,
    grid === null ? 'text only' : `${grid.rows}×${grid.columns}`,
    model.precision,
    provider.toUpperCase(),
  ]
  const picture = view.explanation.picture === null ? [] : [view.name]
  return `<header>${brand}<h1>Whence</h1><span class="about">${[...about, ...picture].map(alone).join(' · ')}</span></header>`
}

/** A text of any direction, by itself. */
function alone(text: string): string {
  return `<bdi>${escapeXml(straight(text))}</bdi>`
}

function stage(view: ExportView, href: string): string {
  const { grid, picture } = view.explanation
  if (grid === null || picture === null) return ''
  const { width, height } = picture
  const inner = [
    element('image', { href, width, height, preserveAspectRatio: 'none' }),
    veil(view),
    ...rectangles(view),
    '<rect id="cursor" class="cursor" hidden width="0" height="0"/>',
  ]
  const said = `Relevance of ${grid.rows} by ${grid.columns} patches of ${label(view.name)}; arrow keys go from patch to patch`
  return `<figure aria-label="Relevance map">
<div class="stage" id="stage">
<svg id="map" viewBox="0 0 ${width} ${height}" tabindex="0" role="application" aria-roledescription="relevance map" aria-label="${escapeXml(said)}">${inner.join('')}</svg>
<div class="tip" id="tip" hidden></div>
</div>
<p class="spoken" id="spoken" role="status"></p>
</figure>`
}

function rectangles({ explanation, subject, scale }: ExportView): string[] {
  const { grid, picture } = explanation
  const values = patchMap(explanation, subject)
  if (grid === null || picture === null) return []
  const maximum = fullColour(explanation, subject, 'image', scale)
  const gap = picture.seen.width / grid.columns / 60
  return cells(grid).map((cell, place) => {
    const { left, top, width, height } = pixelBox(grid, cell, picture.seen)
    const fill = cssColour(ramp(normalise(values?.[place] ?? 0, maximum), 'light'))
    return element('rect', {
      class: 'cell',
      'data-cell': place,
      x: left,
      y: top,
      width: width - gap,
      height: height - gap,
      fill,
    })
  })
}

/** Over what was cut off before the model saw the picture. */
function veil({ explanation: { picture } }: ExportView): string {
  if (picture === null) return ''
  const { seen, width, height } = picture
  const d = `M0 0h${width}v${height}h${-width}zM${seen.left} ${seen.top}h${seen.width}v${seen.height}h${-seen.width}z`
  return element('path', { class: 'veil', 'fill-rule': 'evenodd', d })
}

function legend({ explanation, scale }: ExportView): string {
  const choices = { answer: 'this answer', token: 'this token', absolute: 'absolute' }
  const radios = Object.entries(choices).map(
    ([value, words]) =>
      `<label><input type="radio" name="scale" value="${value}"${value === scale ? ' checked' : ''}> ${words}</label>`,
  )
  const unit = legendUnit(explanation.grid === null ? 'token' : 'patch')
  return `<div class="legend"><span>${legendEnds.low}</span><span id="low"></span><span class="bar" id="bar"></span><span id="high"></span><span>${legendEnds.high}</span></div>
<div class="legend"><span>${unit}</span><fieldset><legend>scale:</legend>${radios.join('')}</fieldset></div>`
}

function tokens({ explanation }: ExportView): string {
  const { prompt, completion, grid } = explanation
  const patches = grid === null ? 0 : grid.rows * grid.columns
  return `<div class="text">
<ol class="tokens" aria-label="Prompt">${prompt.tokens.map((token, place) => chip(explanation, token, 'prompt', place, patches + place)).join('')}</ol>
<ol class="tokens" aria-label="Completion" id="completion">${completion.tokens
    .map((token, place) => chip(explanation, token, 'completion', place, patches + prompt.tokens.length + place))
    .join('')}</ol>
<p class="hint">Click a token to see what it needed; with Shift, several as one. Arrow keys step through the tokens, Escape shows the whole answer. The lines under the words are their relevance.</p>
</div>`
}

function chip(
  { targets }: ExportView['explanation'],
  { text }: TextToken,
  segment: 'prompt' | 'completion',
  place: number,
  position: number,
): string {
  const target = targets.find((each) => each.segment === segment && each.index === place)
  const said = alone(label(text))
  return target === undefined
    ? `<li><span data-position="${position}">${said}</span></li>`
    : `<li><button type="button" data-target="${target.column}" data-position="${position}" aria-pressed="false">${said}</button></li>`
}

function inspector({ explanation, subject }: ExportView): string {
  return `<aside aria-label="Explained token">
<section><p class="subject" id="subject">${alone(label(subjectText(subject)))}</p><p class="muted" id="probability"></p><p id="strongest"></p><button type="button" id="whole" hidden>whole answer</button></section>
<section><h2>Relevant words <small>nats</small></h2><ol class="bars" id="words" aria-label="Relevant words"></ol></section>
<section id="passages-section" hidden><h2>Relevant passages <small>nats</small></h2><ol class="bars" id="passages" aria-label="Relevant passages"></ol></section>
<section id="candidates-section" hidden><h2>Candidates <small>probability</small></h2><ol class="bars" id="candidates" aria-label="Candidates"></ol></section>
<section><h2>Method</h2><p>${escapeXml(methodLine(explanation))}</p></section>
</aside>`
}

const numbers = `<details id="numbers"><summary>Table of the numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="Table of the numbers"><table aria-label="Relevance table">
<caption id="caption"></caption>
<thead><tr><th scope="col">part</th><th scope="col">kind</th><th scope="col" class="number" id="order" aria-sort="none"><button type="button" id="order-button">nats</button></th><th scope="col">in words</th></tr></thead>
<tbody id="rows"></tbody>
</table></div></details>`

function provenance(view: ExportView): string {
  const rows = provenanceSettings(view).map(([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${alone(value)}</dd>`)
  return `<details open><summary>Where this comes from</summary><div><dl>${rows.join('\n')}</dl></div></details>`
}
