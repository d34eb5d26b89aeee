import { straight } from '../../../shared/explanation/labels.ts'
import type { KnownExplanation } from '../../../shared/explanation/known.ts'
import type { View } from '../../../shared/explanation/view.ts'
import type { ReportLook } from '../../../shared/report/look.ts'
import { markup } from '../../../shared/report/markup.ts'
import type { PartName } from '../../../shared/report/report-parts.ts'
import { reportParts } from '../../../shared/report/report-parts.ts'
import { colourPicture } from '../drawing/display-picture.ts'
import { element, escapeXml } from '../drawing/text/svg.ts'
import type { ExportedRecord } from '../export-view.ts'
import { html } from './markup-html.ts'

/** A record on the page with its answer. */
export interface DrawnRecord extends ExportedRecord {
  readonly known: KnownExplanation
  readonly view: View
}

/** A record on the page: picture and map, tokens, everything beside them, and the table. */
export async function reportSide(record: DrawnRecord, place: number, look: ReportLook): Promise<string> {
  const { known, view, image, name } = record
  const parts = reportParts(view, known, look)
  const part = (tag: string, key: PartName, attributes: string): string =>
    `<${tag} ${attributes} data-part="${key}">${html(parts[key])}</${tag}>`
  const text = tokens(part, known.grid !== null)
  const legend = part('div', 'legend', 'class="legend"')
  const picture = image === null ? '' : stage(known, name, place, look, part, await colourPicture(image))
  return `<div class="side" data-side="${place}">
${place === 0 ? '<main class="shown">' : '<div class="shown" role="region" aria-label="Record beside it">'}
${(picture === '' ? [text, legend] : [picture, legend, text]).join('\n')}
${place === 0 ? '</main>' : '</div>'}
${part('aside', 'inspector', `aria-label="Explained token${place === 0 ? '' : ' of the record beside it'}"`)}
<details class="numbers"${look.table ? ' open' : ''}><summary>Table of the numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="Table of the numbers">
${part('table', 'table', 'aria-label="Relevance table"')}
</div></details>
</div>`
}

type DrawPart = (tag: string, key: PartName, attributes: string) => string

function stage(
  { grid, picture }: KnownExplanation,
  name: string,
  place: number,
  { smooth }: ReportLook,
  part: DrawPart,
  href: string,
): string {
  if (grid === null || picture === null) return ''
  const { width, height, seen } = picture
  const said = `Relevance of ${grid.rows} by ${grid.columns} patches of ${straight(name)}; arrow keys go from patch to patch, Enter shows what each token loses without one`
  const clip = `seen-${place}`
  const inner = [
    element('image', { href, width, height, preserveAspectRatio: 'none' }),
    veil(width, height, seen),
    smooth ? blur(place, seen.width / grid.columns, clip, seen) : '',
    `<g${smooth ? ` clip-path="url(#${clip})"` : ''}>${part('g', 'map', smooth ? `filter="url(#blur-${place})"` : '')}</g>`,
    part('g', 'asked', 'pointer-events="none"'),
    '<rect class="cursor" hidden width="0" height="0"/>',
  ]
  return `<figure aria-label="Relevance map">
<div class="stage">
<svg class="map" viewBox="0 0 ${width} ${height}" tabindex="0" role="application" aria-roledescription="relevance map" aria-label="${escapeXml(said)}">${inner.join('')}</svg>
<div class="tip" hidden></div>
</div>
<p class="spoken" role="status"></p>
</figure>`
}

type Box = NonNullable<KnownExplanation['picture']>['seen']

/** Over what was cut off before the model saw the picture. */
function veil(width: number, height: number, seen: Box): string {
  const d = `M0 0h${width}v${height}h${-width}zM${seen.left} ${seen.top}h${seen.width}v${seen.height}h${-seen.width}z`
  return element('path', { class: 'veil', 'fill-rule': 'evenodd', d })
}

/** Cells run into each other by half a cell, and not over the edge of what the model saw. */
function blur(place: number, cell: number, clip: string, { left, top, width, height }: Box): string {
  return html([
    markup(
      'defs',
      {},
      markup(
        'filter',
        { id: `blur-${place}`, 'color-interpolation-filters': 'sRGB' },
        markup('feGaussianBlur', { stdDeviation: cell / 2 }),
      ),
      markup('clipPath', { id: clip }, markup('rect', { x: left, y: top, width, height })),
    ),
  ])
}

function tokens(part: DrawPart, picture: boolean): string {
  const patches = picture ? ', a patch for what each token loses without it' : ''
  return `<div class="text">
${part('ol', 'prompt', 'class="tokens" aria-label="Prompt"')}
${part('ol', 'completion', 'class="tokens" aria-label="Completion"')}
<p class="hint">Click a token to see what it needed; with Shift, several as one. Click a candidate for why it was not said${patches}. Arrow keys step through ${picture ? 'tokens and patches' : 'tokens'}, Escape goes back.</p>
</div>`
}
