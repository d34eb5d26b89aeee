import type { Rule } from 'eslint'

type Expression = Extract<Rule.Node, { type: 'LogicalExpression' }>['right']

const message =
  'A zero, NaN or empty value here hides what is missing: use element, lastElement, valueAt or present of src/shared/values/element.ts, or fail() with a code.'

/** ESLint rule: data that is missing is never replaced by a value that could be real, as in `x ?? 0`, `x || ''` or `x ??= []`. */
export const plausibleZeros: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], docs: { description: 'no zero, NaN or empty value in the place of missing data' } },
  create(context) {
    const check = (node: Rule.Node, operator: string, right: Expression): void => {
      if (/^(\?\?|\|\|)=?$/.test(operator) && isPlausible(right)) context.report({ node, message })
    }
    return {
      // A text that a pattern does not match has no parts.
      LogicalExpression: (node) => {
        if (!isMatch(node.left)) check(node, node.operator, node.right)
      },
      AssignmentExpression: (node) => check(node, node.operator, node.right),
    }
  },
}

function isPlausible(node: Expression): boolean {
  switch (node.type) {
    case 'Literal':
      return node.value === 0 || node.value === 0n || node.value === ''
    case 'UnaryExpression':
      return node.operator === '-' && isPlausible(node.argument)
    case 'TemplateLiteral':
      return node.expressions.length === 0 && node.quasis.every(({ value }) => value.raw === '')
    case 'Identifier':
      return node.name === 'NaN'
    case 'MemberExpression':
      return isNamed(node.object, 'Number') && isNamed(node.property, 'NaN')
    case 'ArrayExpression':
      return node.elements.length === 0
    case 'NewExpression':
      return node.callee.type === 'Identifier' && node.callee.name.endsWith('Array') && node.arguments.every(isZero)
    default:
      return false
  }
}

/** `pattern.exec(text)`. */
function isMatch(node: Expression): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && isNamed(node.callee.property, 'exec')
}

function isZero(node: { readonly type: string }): boolean {
  return 'value' in node && node.value === 0
}

function isNamed(node: { readonly type: string }, name: string): boolean {
  return node.type === 'Identifier' && 'name' in node && node.name === name
}
