import { describe, expect, it } from 'vitest'
import type { Failure, FailureCode, FailureData } from '../../../../src/shared/contract/failure.ts'
import { fail, Failed, failureOf, sentence, throwIfCancelled } from '../../../../src/shared/contract/failure.ts'

/** One of each; the compiler asks for every code and for what its sentence needs. */
const examples: { readonly [Code in FailureCode]: FailureData[Code] } = {
  'option-invalid': { option: '--f', reason: 'must be at most 1' },
  'picture-missing': { name: 'cat.png' },
  'picture-unreadable': { name: 'cat.png', reason: 'permission denied' },
  'picture-unsupported': { name: 'cat.png', found: 'an SVG drawing' },
  'picture-too-large': { name: 'cat.png', limit: '64 megapixels' },
  'picture-damaged': { name: 'cat.png' },
  'picture-needed': { model: 'whence-scenes' },
  'picture-refused': { model: 'reader' },
  'prompt-empty': {},
  'prompt-too-long': { tokens: 301, most: 112, picture: 144 },
  'prompt-unreadable': { name: 'prompt.txt', reason: 'not UTF-8' },
  'prompt-image-token': { token: '<|image|>' },
  'file-unreadable': { name: 'cats.json', reason: 'it is no JSON' },
  'text-too-long': { characters: 70_000, most: 65_536 },
  'target-empty': {},
  'target-too-long': { tokens: 301, most: 107 },
  'completion-empty': {},
  'token-out-of-range': { token: 9, tokens: 7 },
  'candidate-unknown': { token: ' dog', candidate: ' cat' },
  'layer-out-of-range': { layer: 5, layers: 4 },
  'position-out-of-range': { position: 161, positions: 161 },
  'model-missing': { name: 'magma' },
  'model-file-missing': { model: 'magma', file: 'onnx/embed_tokens.onnx' },
  'model-invalid': { model: 'magma', file: 'config.json', reason: 'is not JSON' },
  'model-tensors': { model: 'magma', file: 'decoder.onnx', expected: 'inputs_embeds', found: 'input_ids' },
  'model-attention-unknown': { model: 'magma', expected: 'two MatMul', histogram: '3 Einsum' },
  'model-unsafe': { model: 'magma', file: 'decoder.onnx', reason: 'points outside its folder' },
  'model-not-finite': { model: 'magma' },
  'model-quarantined': { model: 'magma' },
  'tokenizer-invalid': { model: 'magma', reason: 'no vocabulary' },
  'device-unavailable': { device: 'cuda', reason: 'no driver' },
  'engine-crashed': { reason: 'SIGKILL' },
  'engine-stuck': {},
  'out-of-memory': {},
  'output-unwritable': { name: 'out.png', reason: 'the disk is full' },
  'profile-locked': {},
  'profile-newer': { folder: 'Documents' },
  'library-unusable': { reason: 'the disk is full' },
  'entry-missing': {},
  'entry-numbers-gone': { model: 'magma' },
  'picture-forgotten': {},
  'data-damaged': { reason: 'its header is cut short' },
  'method-unknown': { method: 'history.burn' },
  'method-native': { method: 'export.save' },
  'request-invalid': { method: 'history.list', reason: 'limit is too large' },
  'request-too-large': { limit: '1 MiB' },
  'request-stalled': {},
  'verb-refused': { allowed: 'POST' },
  'body-refused': { expected: 'application/json' },
  'page-missing': {},
  'host-refused': {},
  'origin-refused': {},
  'token-wrong': {},
  'attempts-exceeded': {},
  'too-much-at-once': { what: 'streams', most: 3 },
  'address-refused': { address: '0.0.0.0' },
  'address-unusable': { address: '127.0.0.1:80', reason: 'permission denied' },
  'connection-lost': {},
  internal: {},
  cancelled: {},
}
const failures = Object.entries(examples).map(([code, data]) => ({ code, data }) as Failure)

describe('sentence', () => {
  it.each(failures)('of $code is one that begins like one and ends with a full stop', (failure) => {
    expect(sentence(failure)).toMatch(/^["\p{Lu}-].*[^.]\.$/u)
    expect(sentence(failure)).not.toMatch(/undefined|NaN|\[object|\n/)
  })
  it.each(failures)('of $code tells everything it is given', (failure) => {
    for (const value of Object.values<string | number>(failure.data)) expect(sentence(failure)).toContain(String(value))
  })
  it('is another one for every code', () => {
    expect(new Set(failures.map(sentence)).size).toBe(failures.length)
  })
  it('does not speak of a picture where there is none', () => {
    expect(sentence({ code: 'prompt-too-long', data: { tokens: 301, most: 256, picture: 0 } })).toBe(
      'The prompt has 301 tokens; this model has room for 256.',
    )
  })
})

describe('failureOf', () => {
  const thrownBy = (act: () => void): unknown => {
    try {
      act()
    } catch (error) {
      return error
    }
    return null
  }

  it.each(failures)('finds $code again in what fail threw, with its cause', ({ code, data }) => {
    const cause = new Error('why')
    const error = thrownBy(() => fail(code, data, cause))
    expect(failureOf(error)).toEqual({ code, data })
    expect(error).toMatchObject({ name: 'Failed', message: sentence({ code, data } as Failure), cause })
  })
  it('finds none in a bug', () => {
    expect(failureOf(new TypeError('a bug'))).toBeNull()
    expect(failureOf('thrown text')).toBeNull()
  })
  it('leaves out the cause where there is none', () => {
    expect(thrownBy(() => fail('prompt-empty', {}))).not.toHaveProperty('cause')
  })
  it('survives being sent to another process', () => {
    const failure: Failure = { code: 'picture-missing', data: { name: 'cat.png' } }
    expect(sentence(structuredClone(new Failed(failure).failure))).toBe(sentence(failure))
  })
})

describe('throwIfCancelled', () => {
  it('throws once the signal says so, and not before', () => {
    const controller = new AbortController()
    expect(() => {
      throwIfCancelled(controller.signal)
    }).not.toThrow()
    controller.abort()
    expect(() => {
      throwIfCancelled(controller.signal)
    }).toThrow('Cancelled.')
  })
})
