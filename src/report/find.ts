/**
 * An element that the page must have.
 * @throws Error that names the selector
 */
export function find(within: ParentNode, selector: string): Element {
  const found = within.querySelector(selector)
  if (found === null) throw new Error(`the page has no ${selector}`)
  return found
}

/**
 * The same of HTML.
 * @throws Error that names the selector
 */
export function findHtml(within: ParentNode, selector: string): HTMLElement {
  return find(within, selector) as HTMLElement
}
