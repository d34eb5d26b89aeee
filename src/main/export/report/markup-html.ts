import type { Markup } from '../../../shared/report/markup.ts'
import { writtenAttributes } from '../../../shared/report/markup.ts'
import { escapeXml } from '../drawing/text/svg.ts'

/** Elements as HTML, every text and attribute escaped. */
export function html(content: readonly (Markup | string)[]): string {
  return content.map((each) => (typeof each === 'string' ? escapeXml(each) : elementHtml(each))).join('')
}

function elementHtml(element: Markup): string {
  const attributes = writtenAttributes(element).map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
  return `<${element.name}${attributes.join('')}>${html(element.children)}</${element.name}>`
}
