import { describe, expect, it } from 'vitest'
import { inputIndex, position } from '../../../../src/shared/values/brand.ts'
import type { Input } from '../../../../src/shared/explanation/record.ts'
import { shownChunks, shownWords, strongestFirst } from '../../../../src/shared/explanation/shown-words.ts'

const input = (index: number, kind: Input['kind'], text: string, members: number[]): Input => ({
  index: inputIndex(index),
  kind,
  segment: 'prompt',
  row: null,
  column: null,
  text,
  members: members.map(position),
})
/** "straw|berry is red", where "strawberry" is a word of two tokens. */
const inputs = [
  input(0, 'token', 'straw', [0]),
  input(1, 'token', 'berry', [1]),
  input(2, 'token', ' is', [2]),
  input(3, 'token', ' red', [3]),
  input(4, 'word', 'strawberry', [0, 1]),
  input(5, 'chunk', 'strawberry is red', [0, 1, 2, 3]),
]
const values = Float32Array.of(0.1, 0.2, -0.5, 0.25, 0.75, 2)
const texts = (list: readonly { readonly input: Input }[]) => list.map(({ input: { text } }) => text)

describe('shownWords', () => {
  it('puts a word of several tokens where they stand, instead of them', () => {
    expect(texts(shownWords(inputs, values, position(9)))).toEqual(['strawberry', ' is', ' red'])
  })

  it('leaves out what does not stand wholly before the target', () => {
    expect(texts(shownWords(inputs, values, position(3)))).toEqual(['strawberry', ' is'])
    expect(texts(shownWords(inputs, values, position(1)))).toEqual([])
  })
})

describe('shownChunks', () => {
  it('has passages only', () => {
    expect(shownChunks(inputs, values, position(9))).toEqual([{ input: inputs[5], nats: 2 }])
  })
})

describe('strongestFirst', () => {
  it('goes by size, whichever the sign', () => {
    expect(strongestFirst(shownWords(inputs, values, position(9))).map(({ nats }) => nats)).toEqual([0.75, -0.5, 0.25])
  })
})
