import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { openModelFolder } from '../../../../../src/main/engine/model/model-folder.ts'
import { openTokenizer } from '../../../../../src/main/engine/text/tokenizer.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { failureFrom, pictureModel, writeFolder } from '../model/small-model.ts'

const embedded = await openTokenizer(await openModelFolder(join(import.meta.dirname, '../../../../../models/whence-scenes')))
const ids = (tokens: readonly { id: number }[]) => tokens.map(({ id }) => id)

/** A SentencePiece kind of tokenizer, as Llama has it. */
const sentencePieces = {
  added_tokens: [
    { id: 0, content: '<s>', special: true },
    { id: 1, content: '<image>', special: true },
  ],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  pre_tokenizer: null,
  model: {
    type: 'BPE',
    byte_fallback: true,
    vocab: { '<s>': 0, '<image>': 1, '▁': 2, a: 3, b: 4, '▁a': 5, '<0xF0>': 6, '<0x9F>': 7, '<0x9A>': 8, '<0x97>': 9, ab: 10 },
    merges: ['▁ a', 'a b'],
  },
}
const { model } = sentencePieces

async function open(file: unknown, config?: unknown) {
  const folder = await writeFolder({ ...pictureModel, 'tokenizer.json': file, 'tokenizer_config.json': config })
  return openTokenizer(await openModelFolder(folder, 'toy'))
}

describe('the tokenizer of the embedded model', () => {
  it.each([
    ['This is a picture of', [391, 265, 259, 319, 274]],
    [' a fox.', [259, 935, 15]],
  ])('cuts %j into the tokens it was trained on', (text, expected) => {
    expect(ids(embedded.encode(text))).toEqual(expected)
    expect(embedded.decode(expected)).toBe(text)
  })

  it.prop([fc.string({ unit: 'binary', maxLength: 60 })])(
    'keeps every text, and spans cover it without gap or overlap',
    (text) => {
      const tokens = embedded.encode(text)
      expect(embedded.decode(ids(tokens))).toBe(text)
      expect(tokens.map(({ span }) => text.slice(span.start, span.end)).join('')).toBe(text)
      expect(embedded.decodeTokens(ids(tokens))).toEqual(tokens)
      expect(ids(tokens).every((id) => id < embedded.vocabularySize)).toBe(true)
    },
  )

  it('takes half a character for the replacement character', () => {
    expect(embedded.decode(ids(embedded.encode('a\ud83db')))).toBe('a\ufffdb')
  })

  it('shows each token by itself, and special ones by their mark', () => {
    expect(embedded.tokenText(935)).toBe(' fox')
    expect(embedded.tokenText(0)).toBe('<|endoftext|>')
    expect(embedded.tokenText(embedded.encode('é')[0]?.id ?? 0)).toBe('\uFFFD')
    expect(embedded.tokenText(1_000_000)).toBe('')
    expect([...embedded.specialIds]).toEqual([0, 1])
  })

  it('finds the mark of a picture in a text', () => {
    expect(embedded.encode('a<|image|>b')[1]).toEqual({ id: 1, text: '<|image|>', span: { start: 1, end: 10 } })
  })

  it('adds nothing to a prompt, which tokenizer_config.json does not ask for', () => {
    expect(embedded.encodePrompt('a fox')).toEqual(embedded.encode('a fox'))
    expect(embedded.encode('')).toEqual([])
    expect(embedded.decode([])).toBe('')
  })

  it('refuses a text that would take too long', () => {
    expect(() => embedded.encode('x'.repeat(100_001))).toThrow(/at most 100000/)
  })
})

describe('a tokenizer of the SentencePiece kind', () => {
  it('takes the space it puts first out of the spans, and bytes together to characters', async () => {
    const tokens = (await open(sentencePieces)).encode('a ab🚗')
    expect(tokens.map(({ id, text, span }) => [id, text, span.start, span.end])).toEqual([
      [5, 'a', 0, 1],
      [5, ' a', 1, 3],
      [4, 'b', 3, 4],
      [6, '\uFFFD', 4, 4],
      [7, '\uFFFD', 4, 4],
      [8, '\uFFFD', 4, 4],
      [9, '🚗', 4, 6],
    ])
  })

  it('begins a prompt, but no target, with the token that tokenizer_config.json asks for', async () => {
    const tokenizer = await open(sentencePieces, { add_bos_token: true, bos_token: { content: '<s>' } })
    expect(tokenizer.encodePrompt('a').map(({ id, span }) => [id, span.start, span.end])).toEqual([
      [0, 0, 0],
      [5, 0, 1],
    ])
    expect(ids(tokenizer.encode('a'))).toEqual([5])
  })

  it('says that it cannot begin with a token that does not exist', async () => {
    expect(await failureFrom(open(sentencePieces, { add_bos_token: true, bos_token: '<t>' }))).toMatchObject({
      code: 'tokenizer-invalid',
    })
  })

  it('says that it cannot spell a character', async () => {
    const vocab = ['▁', 'a'].map((piece) => [piece, -1])
    const pieces = { type: 'Unigram', vocab }
    const tokenizer = await open({ ...sentencePieces, model: pieces })
    expect(await failureFrom(Promise.resolve().then(() => tokenizer.encode('z')))).toMatchObject({ code: 'tokenizer-invalid' })
  })
})

describe('openTokenizer', () => {
  const evilPattern = { Regex: '(a+)+$' }
  const twice = { type: 'Replace', pattern: { String: 'a' }, content: 'aa' }
  const doublings = (count: number) => ({ type: 'Sequence', normalizers: Array<object>(count).fill(twice) })
  it.each([
    ['an expression that may never end', { pre_tokenizer: { type: 'Split', pattern: evilPattern } }, /"pre_tokenizer.pattern/],
    ['the same in a normaliser', { normalizer: { ...twice, pattern: evilPattern } }, /"normalizer.pattern/],
    ['sixteen doublings', { normalizer: doublings(16) }, /"normalizer"/],
    ['four doublings, nested', { normalizer: nest(twice, 4) }, /"normalizer"/],
    ['a hundred steps', { normalizer: doublings(100) }, /"normalizer.normalizers"/],
    ['a long text for every letter', { normalizer: { ...twice, content: 'a'.repeat(1000) } }, /"normalizer.content"/],
    ['a replacement for nothing', { normalizer: { ...twice, pattern: { String: '' } } }, /"normalizer.pattern/],
    ['pieces of length 0', { pre_tokenizer: { type: 'FixedLength', length: 0 } }, /"pre_tokenizer.type"/],
    ['an unknown model', { model: { ...model, type: 'WordPiece' } }, /"model.type"/],
    ['an id beyond measure', { model: { ...model, vocab: { a: 2 ** 30 } } }, /"model.vocab"/],
    ['an id that is no number', { model: { ...model, vocab: { a: '1' } } }, /"model.vocab"/],
    ['merges of another kind', { model: { ...model, merges: [1] } }, /"model.merges"/],
    ['an added token without text', { added_tokens: [{ id: 1, content: '' }] }, /"added_tokens.0.content"/],
  ])('refuses %s', async (_, change, reason) => {
    const data: unknown = { model: 'toy', reason: expect.stringMatching(reason) as unknown }
    expect(await failureFrom(open({ ...sentencePieces, ...change }))).toEqual({ code: 'tokenizer-invalid', data })
  })

  it.each([
    ['['.repeat(100_000), 'tokenizer.json is nested deeper than 64 levels'],
    ['{', 'tokenizer.json is not valid JSON'],
  ])('refuses what is no sound JSON', async (file, reason) => {
    expect(await failureFrom(open(file))).toEqual({ code: 'tokenizer-invalid', data: { model: 'toy', reason } })
  })

  it('takes three doublings, but no text that they make too long', async () => {
    const tokenizer = await open({ ...sentencePieces, normalizer: doublings(3) })
    expect(tokenizer.encode('a'.repeat(2000))).toHaveLength(16_000)
    expect(() => tokenizer.encode('a'.repeat(20_000))).toThrow(/160000 characters/)
  })

  it('refuses a file of more than 64 MiB by its size alone', async () => {
    const folder = await writeFolder({ ...pictureModel, 'tokenizer.json': '' })
    await truncate(join(folder, 'tokenizer.json'), 500 * 1024 * 1024)
    const failure = await failureFrom(openTokenizer(await openModelFolder(folder)))
    expect(failure).toMatchObject({ code: 'tokenizer-invalid', data: { reason: 'tokenizer.json is larger than 64 MiB' } })
  })

  it('names the file when there is none', async () => {
    expect(await failureFrom(open(undefined))).toMatchObject({ code: 'model-file-missing', data: { file: 'tokenizer.json' } })
  })

  it('refuses a vocabulary that the model does not have', async () => {
    const failure = await failureFrom(open({ ...sentencePieces, model: { ...model, vocab: { ...model.vocab, z: 600 } } }))
    expect(failure).toMatchObject({ data: { reason: 'it knows 601 tokens, but the model only 600' } })
  })

  it('takes names that JavaScript objects have of themselves for words like others', async () => {
    const vocab = JSON.stringify(model.vocab).replace('{', '{"__proto__":20,"constructor":21,')
    const merges = JSON.stringify(['_ _'])
    const file = JSON.stringify({ ...sentencePieces, normalizer: null })
      .replace(JSON.stringify(model.vocab), vocab)
      .replace(JSON.stringify(model.merges), merges)
    const tokenizer = await open(file)
    expect([tokenizer.tokenText(20), tokenizer.tokenText(21)]).toEqual(['__proto__', 'constructor'])
  })

  it.prop([fc.jsonValue()], { numRuns: 30 })('refuses any other JSON', async (value) => {
    const folder = await writeFolder({ ...pictureModel, 'tokenizer.json': JSON.stringify(value) })
    const error = await openTokenizer(await openModelFolder(folder)).catch((reason: unknown) => reason)
    expect(failureOf(error)?.code).toBe('tokenizer-invalid')
  })
})

function nest(step: object, times: number): object {
  return times === 0 ? step : { type: 'Sequence', normalizers: [step, nest(step, times - 1)] }
}
