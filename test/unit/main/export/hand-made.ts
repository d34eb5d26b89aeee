import { inputIndex, position, targetIndex, tokenId } from '../../../../src/shared/values/brand.ts'
import type {
  Candidate,
  Explanation,
  GeneratedToken,
  Input,
  PictureProvenance,
  Target,
} from '../../../../src/shared/explanation/record.ts'
import type { ModelInfo } from '../../../../src/shared/explanation/model/model-info.ts'
import { identityOf } from '../../../../src/shared/explanation/model/model-info.ts'
import { defaultSampling, defaultSuppression } from '../../../../src/shared/explanation/parameters.ts'

export const model: ModelInfo = {
  name: 'hand-made',
  sha256: 'ab'.repeat(32),
  family: 'magma',
  precision: 'f32',
  grid: { rows: 12, columns: 12 },
  imageSize: 192,
  layers: 4,
  heads: 8,
  keyValueHeads: 8,
  headSize: 32,
  hiddenSize: 256,
  vocabularySize: 1000,
  maxPositions: 256,
  knows: 'cats and dogs',
}

/** What a hand-made explanation is about. */
export interface Wish {
  readonly prompt?: readonly string[]
  readonly completion?: readonly string[]
  readonly picture?: { readonly width: number; readonly height: number } | null
  /** Relevance in nats. */
  readonly relevance?: (input: Input, target: Target) => number
  readonly allTargets?: boolean
}

/** A round blob that every target has somewhere else, and a little for the words. */
function blobs(input: Input, target: Target): number {
  if (input.row === null || input.column === null) return input.segment === 'prompt' ? 0.2 - 0.1 * input.index : 0.05
  const distance = Math.hypot(input.row - (3 + target.index), input.column - (2 + 1.5 * target.index))
  return 2.4 * Math.exp(-((distance / 2) ** 2)) - 0.4 * Math.exp(-(((input.row - 9) ** 2 + (input.column - 9) ** 2) / 4))
}

/** An explanation as the engine would give it, made by hand. */
export function explanation(wish: Wish = {}): Explanation {
  const { prompt = ['This', ' is', ' a', ' picture', ' of'], completion = [' three', ' cats', '.'], relevance = blobs } = wish
  const size = wish.picture === undefined ? { width: 768, height: 768 } : wish.picture
  const grid = size === null ? null : { rows: 12, columns: 12, start: 0 }
  const inputs = listInputs(grid === null ? 0 : 144, prompt, completion)
  const written = completion.map((text, index) => generated(text, index, completion))
  const targets = [...(wish.allTargets === true ? promptTargets(prompt, size === null) : []), ...completionTargets(written)].map(
    (target, column) => ({ ...target, column: targetIndex(column) }),
  )
  const values = Float32Array.from(inputs.flatMap((input) => targets.map((target) => relevance(input, target))))
  return {
    model: identityOf(model),
    provider: 'cpu',
    parameters: {
      suppression: defaultSuppression,
      sampling: defaultSampling,
      inputs: 'all',
      targets: 'completion',
      chunks: null,
    },
    picture: size === null ? null : provenance(size.width, size.height),
    grid,
    prompt: { text: prompt.join(''), tokens: prompt.map((text, index) => token(text, index, prompt)) },
    completion: { text: completion.join(''), tokens: written, given: false },
    inputs,
    targets,
    relevance: { inputs: inputs.length, targets: targets.length, values, candidates: new Float32Array(values.length * 5) },
    timings: { loadMs: 500.25, imageMs: 20, generateMs: 60, sweepMs: 2000, passes: inputs.length, bank: 'none' },
  }
}

/** A picture whose middle square was seen. */
function provenance(width: number, height: number): PictureProvenance {
  const edge = Math.min(width, height)
  const seen = { left: (width - edge) / 2, top: (height - edge) / 2, width: edge, height: edge }
  return { sha256: '0123456789abcdef'.repeat(4), format: 'png', width, height, notes: [], seen }
}

function token(text: string, index: number, all: readonly string[]) {
  const start = all.slice(0, index).join('').length
  return { id: tokenId(index + 10), text, span: { start, end: start + text.length } }
}

function generated(text: string, index: number, all: readonly string[]): GeneratedToken {
  return { ...token(text, index, all), logprob: Math.fround(-0.1 * (index + 1)), candidates: candidates(text) }
}

function candidates(text: string): Candidate[] {
  return [text, ' two', ' four', ' a', ' some'].map((each, place) => ({
    id: tokenId(place),
    text: each,
    logprob: Math.fround(-0.1 - place),
  }))
}

function completionTargets(written: readonly GeneratedToken[]): Omit<Target, 'column'>[] {
  return written.map(({ id, text, logprob, candidates: best }, index) => ({
    segment: 'completion',
    index,
    id,
    text,
    logprob,
    candidates: best,
  }))
}

function promptTargets(prompt: readonly string[], textOnly: boolean): Omit<Target, 'column'>[] {
  const all = prompt.map((text, index) => ({
    segment: 'prompt' as const,
    index,
    id: tokenId(index),
    text,
    logprob: -1,
    candidates: candidates(text),
  }))
  return textOnly ? all.slice(1) : all
}

function listInputs(patches: number, prompt: readonly string[], completion: readonly string[]): Input[] {
  const cells = Array.from({ length: patches }, (_, at) => ({
    segment: 'image' as const,
    row: Math.floor(at / 12),
    column: at % 12,
    text: '',
  }))
  const words = [
    ...prompt.map((text) => ({ segment: 'prompt' as const, row: null, column: null, text })),
    ...completion.slice(0, -1).map((text) => ({ segment: 'completion' as const, row: null, column: null, text })),
  ]
  return [...cells, ...words].map((each, at) => ({
    ...each,
    index: inputIndex(at),
    kind: each.segment === 'image' ? 'patch' : 'token',
    members: [position(at)],
  }))
}
