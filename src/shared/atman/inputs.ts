import { inputIndex, position } from '../values/brand.ts'
import type { Input, TextToken } from '../explanation/record.ts'
import type { Chunking, InputSelection } from '../explanation/parameters.ts'
import type { PatchGrid } from '../explanation/record.ts'
import { chunks } from '../sequence/chunks.ts'
import { cellOf, patchCount } from '../sequence/patch-grid.ts'
import type { Strength } from './suppression.ts'
import { chunkRow, suppressionRow } from './suppression.ts'
import type { TokenGroup } from '../sequence/token-group.ts'
import { words } from '../sequence/words.ts'

/** What the parts of a sequence are listed from. */
export interface InputRequest {
  readonly grid: PatchGrid | null
  readonly prompt: readonly TextToken[]
  /** The text the spans of `prompt` point into. */
  readonly promptText: string
  /** All tokens of the completion or target; the last is predicted but never read, so it is no input. */
  readonly completion: readonly TextToken[]
  /** The text the spans of `completion` point into. */
  readonly completionText: string
  readonly selection: InputSelection
  readonly chunks: Chunking | null
}

type UnnumberedInput = Omit<Input, 'index'>

/**
 * The parts of the input that are suppressed one by one, the rows of the relevance matrix: every position of the sequence but the last target's, in order,
 * then words of several tokens (prompt, then completion), then chunks of the prompt. `image` keeps the patches, `text` the rest. A completion word that
 * ends with the last target is left out: its last token is not in the sequence.
 */
export function listInputs(request: InputRequest): Input[] {
  const listed = [
    ...(request.selection === 'text' ? [] : patches(request.grid)),
    ...(request.selection === 'image' ? [] : textInputs(request)),
  ]
  return listed.map((input, index) => ({ index: inputIndex(index), ...input }))
}

function patches(grid: PatchGrid | null): UnnumberedInput[] {
  if (grid === null) return []
  return Array.from({ length: patchCount(grid) }, (_, patch) => {
    const at = position(grid.start + patch)
    return { kind: 'patch', segment: 'image', ...cellOf(grid, at), text: '', members: [at] }
  })
}

function textInputs({ grid, prompt, promptText, completion, completionText, chunks: chunking }: InputRequest): UnnumberedInput[] {
  const promptStart = grid === null ? 0 : grid.start + patchCount(grid)
  const completionStart = promptStart + prompt.length
  const read = completion.slice(0, -1)
  return [
    ...groupInputs('token', 'prompt', promptStart, eachToken(prompt)),
    ...groupInputs('token', 'completion', completionStart, eachToken(read)),
    ...groupInputs('word', 'prompt', promptStart, words(prompt, promptText)),
    ...groupInputs('word', 'completion', completionStart, wholeWords(completion, completionText)),
    ...groupInputs('chunk', 'prompt', promptStart, chunking === null ? [] : chunks(prompt, promptText, chunking)),
  ]
}

function eachToken(tokens: readonly TextToken[]): TokenGroup[] {
  return tokens.map(({ text }, place) => ({ text, members: [place] }))
}

function wholeWords(completion: readonly TextToken[], text: string): TokenGroup[] {
  return words(completion, text).filter(({ members }) => !members.includes(completion.length - 1))
}

function groupInputs(
  kind: Input['kind'],
  segment: Input['segment'],
  start: number,
  groups: readonly TokenGroup[],
): UnnumberedInput[] {
  return groups.map(({ text, members }) => ({
    kind,
    segment,
    row: null,
    column: null,
    text,
    members: members.map((member) => position(start + member)),
  }))
}

/**
 * Factor rows of all inputs (paper Eq. 6): a patch or a token with its neighbours, a word or a chunk as its members alone.
 * @param sequence length S of the sequence
 * @param similarity cosines of all positions, `[S, S]`; not read, and may be `null`, when the neighbourhood is switched off
 * @returns row-major `[inputs, S]`
 */
export function factorRows(
  inputs: readonly Input[],
  sequence: number,
  similarity: Float32Array | null,
  suppression: Strength,
): Float32Array {
  const rows = new Float32Array(inputs.length * sequence)
  inputs.forEach((input, index) => {
    rows.set(factorRow(input, sequence, similarity, suppression), index * sequence)
  })
  return rows
}

function factorRow(
  { kind, members }: Input,
  sequence: number,
  similarity: Float32Array | null,
  suppression: Strength,
): Float32Array {
  const [first] = members
  if (first === undefined || suppression.threshold === null || kind === 'word' || kind === 'chunk')
    return chunkRow(members, sequence, suppression)
  if (similarity?.length !== sequence * sequence)
    throw new Error(`the neighbourhood needs the cosines of all ${sequence} positions`)
  return suppressionRow(first, similarity.subarray(first * sequence, (first + 1) * sequence), suppression)
}
