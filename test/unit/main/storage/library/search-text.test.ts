import { describe, expect, it } from 'vitest'
import { searchText, searchWords } from '../../../../../src/main/storage/library/search-text.ts'

describe('searchText', () => {
  it('folds case, accents and white space, and passes over parts that are missing', () => {
    expect(searchText('  Crème\tBRÛLÉE ', null, 'ﬁn')).toBe('creme brulee fin')
  })
})

describe('searchWords', () => {
  it('are the words once each; nothing for blanks', () => {
    expect(searchWords('Two  two Écoles')).toEqual(['two', 'ecoles'])
    expect(searchWords(' \n')).toEqual([])
  })
  it('are 50 at most', () => {
    expect(searchWords(Array.from({ length: 60 }, (_, word) => `w${word}`).join(' '))).toHaveLength(50)
  })
})
