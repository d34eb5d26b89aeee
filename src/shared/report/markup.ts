/** An attribute's value; `true` writes it without one, `false` and `null` leave it out. */
export type AttributeValue = string | number | boolean | null

/** An element of the report's page as a value: main writes it as text, the page's script makes nodes of it. */
export interface Markup {
  readonly name: string
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly children: readonly (Markup | string)[]
}

/** An element with its attributes and children. */
export function markup(name: string, attributes: Markup['attributes'], ...children: Markup['children']): Markup {
  return { name, attributes, children }
}

/** Attributes as they are written, numbers with at most four decimals. */
export function writtenAttributes({ attributes }: Markup): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const written = attributeText(value)
    return written === null ? [] : [[name, written] as [string, string]]
  })
}

function attributeText(value: AttributeValue): string | null {
  if (value === null || value === false) return null
  if (value === true) return ''
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : value
}

/** A text by itself: whatever direction it is written in, it does not turn what stands beside it. */
export function isolated(text: string, className: string | null = null): Markup {
  return markup('bdi', { class: className }, text)
}
