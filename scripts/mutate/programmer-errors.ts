/** The part of Babel's path to a node that is read here. */
export interface SyntaxPath {
  readonly node: {
    readonly type: string
    readonly callee?: { readonly type: string; readonly name?: string } | undefined
  }
  readonly parentPath?: SyntaxPath | null
}

const texts = new Set(['StringLiteral', 'TemplateLiteral'])
const errors = new Set(['Error', 'RangeError', 'TypeError'])

/** Whether a node is the text of an error that only programmers read; an empty one is no fault of the program. */
export function isProgrammerText(path: SyntaxPath): boolean {
  const holder = path.parentPath?.node
  return texts.has(path.node.type) && holder?.type === 'NewExpression' && errors.has(holder.callee?.name ?? 'no plain name')
}
