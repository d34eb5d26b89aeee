import { describe, expect, it } from 'vitest'
import {
  chunkings,
  defaultSampling,
  defaultSuppression,
  devices,
  explainParameters,
  inputSelections,
  providers,
  sampling,
  suppression,
  targetSelections,
  variants,
} from '../../../../src/shared/explanation/parameters.ts'

const list = (length: number) => Array.from({ length }, (_, layer) => layer)

describe('a suppression', () => {
  it.each([
    [{ strength: -10 }, true],
    [{ strength: 1 }, true],
    [{ strength: -10.01 }, false],
    [{ strength: 1.01 }, false],
    [{ threshold: -1 }, true],
    [{ threshold: 1 }, true],
    [{ threshold: null }, true],
    [{ threshold: -1.01 }, false],
    [{ threshold: 1.01 }, false],
    [{ variant: 'loud' }, false],
    [{ layers: [] }, true],
    [{ layers: list(1024) }, true],
    [{ layers: list(1025) }, false],
    [{ layers: [-1] }, false],
    [{ factor: 1 }, false],
  ])('with %j is taken: %s', (change, taken) => {
    expect(suppression.safeParse({ ...defaultSuppression, ...change }).success).toBe(taken)
  })
  it('is the paper’s while nobody asks for another', () => {
    expect(suppression.parse(defaultSuppression)).toEqual({ strength: 0.9, threshold: 0.7, variant: 'shifted', layers: null })
  })
})

describe('a sampling', () => {
  it.each([
    [{ maxNewTokens: 1 }, true],
    [{ maxNewTokens: 4096 }, true],
    [{ maxNewTokens: 0 }, false],
    [{ maxNewTokens: 4097 }, false],
    [{ maxNewTokens: 1.5 }, false],
    [{ temperature: 10 }, true],
    [{ temperature: -0.1 }, false],
    [{ temperature: 10.1 }, false],
    [{ topK: 1_048_576 }, true],
    [{ topK: 1_048_577 }, false],
    [{ topK: -1 }, false],
    [{ topP: 0.001 }, true],
    [{ topP: 0 }, false],
    [{ topP: 1.001 }, false],
    [{ seed: 4_294_967_295 }, true],
    [{ seed: 4_294_967_296 }, false],
    [{ seed: -1 }, false],
    [{ beams: 4 }, false],
  ])('with %j is taken: %s', (change, taken) => {
    expect(sampling.safeParse({ ...defaultSampling, ...change }).success).toBe(taken)
  })
  it('takes the most probable tokens while nobody asks for another', () => {
    expect(sampling.parse(defaultSampling)).toEqual({ maxNewTokens: 48, temperature: 0, topK: 0, topP: 1, seed: 0 })
  })
})

it('the choices are these', () => {
  expect({ variants, inputSelections, targetSelections, chunkings, providers, devices }).toEqual({
    variants: ['shifted', 'plain', 'log', 'mask'],
    inputSelections: ['image', 'text', 'all'],
    targetSelections: ['completion', 'all'],
    chunkings: ['sentence', 'paragraph'],
    providers: ['cuda', 'webgpu', 'cpu'],
    devices: ['auto', 'cuda', 'webgpu', 'cpu'],
  })
})

describe('parameters of an explanation', () => {
  const usual = {
    suppression: defaultSuppression,
    sampling: defaultSampling,
    inputs: 'all',
    targets: 'completion',
    chunks: null,
  }
  it.each([
    [{}, true],
    [{ inputs: 'image', targets: 'all', chunks: 'sentence' }, true],
    [{ inputs: 'pictures' }, false],
    [{ targets: 'prompt' }, false],
    [{ chunks: 'page' }, false],
    [{ suppression: null }, false],
    [{ sampling: null }, false],
    [{ method: 'atman' }, false],
  ])('with %j are taken: %s', (change, taken) => {
    expect(explainParameters.safeParse({ ...usual, ...change }).success).toBe(taken)
  })
})
