/** What a drawing says, read back from its SVG by the marks that docs/exports.md names. */

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

function unescaped(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] as string)
}

function textsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => unescaped(text as string))
}

/** Every text of a role, in the order of the drawing; the lines of a paragraph as one. */
export function said(svg: string, role: string): string[] {
  const mark = `data-role="${role}"`
  const pieces = svg.matchAll(new RegExp(`<g ${mark}>(.*?)</g>|<(?:text|tspan)[^>]*${mark}[^>]*>([^<]*)<`, 'g'))
  return [...pieces].map(([, group, text]) => (group === undefined ? unescaped(text as string) : textsIn(group).join(' ')))
}

/** Texts of the groups with a mark, by its value: label and number of a bar. */
export function marked(svg: string, mark: string): [value: string, texts: string[]][] {
  const groups = svg.matchAll(new RegExp(`<g[^>]* data-${mark}="([^"]*)"[^>]*>(.*?)</g>`, 'g'))
  return [...groups].map(([, value, group]) => [value as string, textsIn(group as string)])
}

/** Colours of the cells of a map by their places: "#f59a3c 0.5". */
export function cellColours(svg: string): Map<number, string> {
  const cells = svg.matchAll(/fill="(#[0-9a-f]{6})" fill-opacity="([0-9.]+)" data-cell="(\d+)"/g)
  return new Map([...cells].map(([, fill, opacity, place]) => [Number(place), `${fill} ${Number(opacity)}`]))
}

/** The parts of a comparison. */
export function sides(svg: string): string[] {
  return svg.split(/data-side="\d"/).slice(1)
}
