import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { InputRequest } from '../../../../src/shared/atman/inputs.ts'
import { factorRows, listInputs } from '../../../../src/shared/atman/inputs.ts'
import { suppressionRow } from '../../../../src/shared/atman/suppression.ts'
import type { PatchGrid } from '../../../../src/shared/explanation/record.ts'
import { sequenceOf } from '../../../../src/shared/sequence/sequence.ts'
import { tokensOf } from '../sequence/tokens.ts'

const promptPieces = ['Two', ' str', 'awb', 'erries', '.', ' What', '?']
const completionPieces = [' An', ' apri', 'cot', ' and', ' che', 'rry']
const sequenceWith = (grid: PatchGrid | null) =>
  sequenceOf({ grid, prompt: tokensOf(...promptPieces), completion: tokensOf(...completionPieces) })
const request: InputRequest = {
  sequence: sequenceWith({ rows: 2, columns: 3, start: 0 }),
  promptText: promptPieces.join(''),
  completionText: completionPieces.join(''),
  selection: 'all',
  chunks: 'sentence',
}
const sequence = 6 + promptPieces.length + completionPieces.length - 1

describe('listInputs', () => {
  const inputs = listInputs(request)

  it('lists every position of the sequence but the last target’s, in order, before words and chunks', () => {
    expect(inputs.slice(0, sequence).map(({ members }) => members)).toEqual(
      Array.from({ length: sequence }, (_, place) => [place]),
    )
    expect(inputs.slice(0, sequence).map(({ text }) => text)).toEqual([
      ...Array<string>(6).fill(''),
      ...promptPieces,
      ...completionPieces.slice(0, -1),
    ])
    expect(inputs.slice(sequence).map(({ kind, segment, text, members }) => [kind, segment, text, ...members])).toEqual([
      ['word', 'prompt', 'strawberries', 7, 8, 9],
      ['word', 'completion', 'apricot', 14, 15],
      ['chunk', 'prompt', 'Two strawberries.', 6, 7, 8, 9, 10],
      ['chunk', 'prompt', 'What?', 11, 12],
    ])
  })
  it('numbers them as the rows of the relevance matrix', () => {
    expect(inputs.map(({ index }) => index)).toEqual(inputs.map((_, row) => row))
  })
  it('tells where a patch lies and leaves text without a place', () => {
    expect(inputs[4]).toMatchObject({ kind: 'patch', segment: 'image', row: 1, column: 1 })
    expect(inputs[6]).toMatchObject({ kind: 'token', segment: 'prompt', row: null, column: null })
  })
  it.prop([fc.constantFrom('sentence', 'paragraph', null), fc.boolean()])(
    'splits "all" into "image" and "text"',
    (chunking, picture) => {
      const kept = (selection: InputRequest['selection']) =>
        listInputs({ ...request, sequence: picture ? request.sequence : sequenceWith(null), chunks: chunking, selection }).map(
          ({ index: _, ...input }) => input,
        )
      expect(kept('all')).toEqual([...kept('image'), ...kept('text')])
      expect(kept('image').every(({ kind }) => kind === 'patch')).toBe(true)
      expect(kept('text').some(({ kind }) => kind === 'patch')).toBe(false)
    },
  )
  it('lists a picture in the middle of the prompt where it stands, and moves nothing else', () => {
    const middle = listInputs({ ...request, sequence: sequenceWith({ rows: 2, columns: 3, start: 5 }) })
    expect(middle.slice(0, sequence).map(({ members }) => members)).toEqual(
      Array.from({ length: sequence }, (_, place) => [place]),
    )
    expect(middle.slice(4, 12).map(({ kind, text, row, column }) => [kind, text, row, column])).toEqual([
      ['token', '.', null, null],
      ['patch', '', 0, 0],
      ['patch', '', 0, 1],
      ['patch', '', 0, 2],
      ['patch', '', 1, 0],
      ['patch', '', 1, 1],
      ['patch', '', 1, 2],
      ['token', ' What', null, null],
    ])
    expect(middle.slice(sequence).map(({ kind, text, members }) => [kind, text, ...members])).toEqual([
      ['word', 'strawberries', 1, 2, 3],
      ['word', 'apricot', 14, 15],
      ['chunk', 'Two strawberries.', 0, 1, 2, 3, 4],
      ['chunk', 'What?', 11, 12],
    ])
  })
  it('counts positions from 0 without a picture', () => {
    expect(listInputs({ ...request, sequence: sequenceWith(null) })[0]?.members).toEqual([0])
  })
})

describe('factorRows', () => {
  const inputs = listInputs(request)
  const similarity = Float32Array.from({ length: sequence ** 2 }, (_, cell) => (cell % (sequence + 1) === 0 ? 1 : 0.8))
  const rows = factorRows(inputs, sequence, similarity, { strength: 0.5, threshold: 0.7 })
  const row = (index: number) => rows.slice(index * sequence, (index + 1) * sequence)

  it('extends patches and tokens by their neighbours', () => {
    expect(row(3)).toEqual(suppressionRow(3, similarity.slice(3 * sequence, 4 * sequence), { strength: 0.5, threshold: 0.7 }))
    expect(row(8)[0]).toBe(Math.fround(0.6))
  })
  it('suppresses words and chunks as their members alone', () => {
    for (const { index, members } of inputs.slice(sequence)) {
      expect([...row(index)]).toEqual(
        Array.from({ length: sequence }, (_, key) => (members.some((member) => member === key) ? 0.5 : 1)),
      )
    }
  })
  it('needs no cosines with the neighbourhood switched off', () => {
    const single = factorRows(inputs, sequence, null, { strength: 0.5, threshold: null })
    expect(single.filter((factor) => factor === 0.5)).toHaveLength(inputs.flatMap(({ members }) => members).length)
  })
  it('refuses to work without the cosines it needs', () => {
    expect(() => factorRows(inputs, sequence, null, { strength: 0.5, threshold: 0.7 })).toThrow('needs the cosines')
  })
})
