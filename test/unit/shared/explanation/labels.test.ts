import { describe, expect, it } from 'vitest'
import {
  cellLabel,
  inputLabel,
  numberedLabels,
  quoted,
  straight,
  tokenLabel,
  visible,
} from '../../../../src/shared/explanation/labels.ts'

describe('tokenLabel', () => {
  it.each([
    [' dog', 'dog'],
    ['dog ', 'dog'],
    ['a\nb', 'a⏎b'],
    ['a\tb', 'a⇥b'],
    ['\n', 'line break'],
    [' \n ', 'line break'],
    ['\t', 'tab'],
    ['  ', 'space'],
    ['', 'empty token'],
    ['\u202Eabc', '\uFFFDabc'],
  ])('speaks of %j as %s', (text, label) => expect(tokenLabel(text)).toBe(label))
})

describe('numberedLabels', () => {
  it('numbers equal words in order and leaves single ones alone', () => {
    expect(numberedLabels([' the', ' cat', ' and', 'the', ' the'])).toEqual(['the (1)', 'cat', 'and', 'the (2)', 'the (3)'])
  })
  it('of nothing is nothing', () => expect(numberedLabels([])).toEqual([]))
})

it('counts rows and columns from 1', () => expect(cellLabel({ row: 0, column: 11 })).toBe('row 1, column 12'))
it('names a patch by its cell and a text by itself', () => {
  expect(inputLabel({ row: 3, column: 0, text: '' })).toBe('row 4, column 1')
  expect(inputLabel({ row: null, column: null, text: ' dog' })).toBe('dog')
})
it('quotes', () => expect(quoted('dog')).toBe('“dog”'))
it('lets nothing turn the direction of a line', () => expect(straight('a\u2066b\u2069\u202A')).toBe('a\uFFFDb\uFFFD\uFFFD'))
it('shows line ends and tabs', () => expect(visible(' a\n\tb')).toBe(' a⏎⇥b'))
