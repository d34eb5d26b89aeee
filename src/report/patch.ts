import type { Markup } from '../shared/report/markup.ts'
import { writtenAttributes } from '../shared/report/markup.ts'

const svg = 'http://www.w3.org/2000/svg'

/** Makes an element's content what it should be. Nodes that can stay do, so that the focus does. */
export function patchChildren(parent: Element, children: readonly (Markup | string)[]): void {
  children.forEach((child, place) => {
    const now = parent.childNodes[place]
    if (now !== undefined && patched(now, child)) return
    const made = typeof child === 'string' ? document.createTextNode(child) : newElement(parent, child)
    if (now === undefined) parent.append(made)
    else now.replaceWith(made)
  })
  while (parent.childNodes.length > children.length) parent.lastChild?.remove()
}

/** Whether a node could be made what it should be. */
function patched(node: ChildNode, wanted: Markup | string): boolean {
  if (typeof wanted === 'string') {
    if (node.nodeType !== Node.TEXT_NODE) return false
    if (node.nodeValue !== wanted) node.nodeValue = wanted
    return true
  }
  if (!(node instanceof Element) || node.localName !== wanted.name) return false
  patchElement(node, wanted)
  return true
}

function patchElement(node: Element, wanted: Markup): void {
  const attributes = new Map(writtenAttributes(wanted))
  for (const name of node.getAttributeNames()) if (!attributes.has(name)) node.removeAttribute(name)
  for (const [name, value] of attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value)
  patchChildren(node, wanted.children)
}

function newElement(parent: Element, wanted: Markup): Element {
  const inside = wanted.name === 'svg' || parent.namespaceURI === svg
  const node = inside ? document.createElementNS(svg, wanted.name) : document.createElement(wanted.name)
  patchElement(node, wanted)
  return node
}
