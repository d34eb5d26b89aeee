import { describe, expect, it } from 'vitest'
import { isProgrammerText } from '../../../../scripts/mutate/programmer-errors.ts'

const path = (type: string, holder: string, name?: string) => ({
  node: { type },
  parentPath: { node: { type: holder, callee: { type: 'Identifier', ...(name === undefined ? {} : { name }) } } },
})

describe('isProgrammerText', () => {
  it.each(['Error', 'RangeError', 'TypeError'])('holds for the text of a new %s', (name) => {
    expect(isProgrammerText(path('StringLiteral', 'NewExpression', name))).toBe(true)
    expect(isProgrammerText(path('TemplateLiteral', 'NewExpression', name))).toBe(true)
  })
  it.each([
    ['the text of another class', path('StringLiteral', 'NewExpression', 'Failure')],
    ['a class without a plain name', path('StringLiteral', 'NewExpression')],
    ['the text of a call', path('StringLiteral', 'CallExpression', 'Error')],
    ['another argument of an error', path('BinaryExpression', 'NewExpression', 'Error')],
    ['a text at the top of a file', { node: { type: 'StringLiteral' } }],
  ])('does not hold for %s', (_, other) => {
    expect(isProgrammerText(other)).toBe(false)
  })
})
