import { assertNever } from '../values/assert-never.ts'
import { inputIndex } from '../values/brand.ts'
import type { Input, TextRole } from '../explanation/record.ts'
import type { Chunking, InputSelection } from '../explanation/parameters.ts'
import { chunks } from '../sequence/chunks.ts'
import { cellOf } from '../sequence/patch-grid.ts'
import type { PictureSegment, Sequence, SequenceSegment, TextSegment } from '../sequence/sequence.ts'
import { isRead, readPositions, textTokens, tokenPosition } from '../sequence/sequence.ts'
import type { Strength } from './suppression.ts'
import { chunkRow, jointRow } from './suppression.ts'
import type { TokenGroup } from '../sequence/token-group.ts'
import { words } from '../sequence/words.ts'

/** What the parts of a sequence are listed from. */
export interface InputRequest {
  readonly sequence: Sequence
  /** The text the spans of the prompt's tokens point into. */
  readonly promptText: string
  /** The text the spans of the completion's tokens point into. */
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
export function listInputs({ sequence, promptText, completionText, selection, chunks: chunking }: InputRequest): Input[] {
  const positions = sequence.segments.flatMap((segment) => segmentInputs(sequence, segment))
  const groups = [
    ...groupInputs(sequence, 'word', 'prompt', words(textTokens(sequence, 'prompt'), promptText)),
    ...groupInputs(sequence, 'word', 'completion', wholeWords(sequence, completionText)),
    ...(chunking === null
      ? []
      : groupInputs(sequence, 'chunk', 'prompt', chunks(textTokens(sequence, 'prompt'), promptText, chunking))),
  ]
  return [...positions, ...groups]
    .filter(({ kind }) => selection === 'all' || (kind === 'patch') === (selection === 'image'))
    .map((input, index) => ({ index: inputIndex(index), ...input }))
}

function segmentInputs(sequence: Sequence, segment: SequenceSegment): UnnumberedInput[] {
  switch (segment.kind) {
    case 'picture':
      return patchInputs(sequence, segment)
    case 'text':
      return tokenInputs(sequence, segment)
    default:
      return assertNever(segment)
  }
}

function patchInputs(sequence: Sequence, picture: PictureSegment): UnnumberedInput[] {
  return readPositions(sequence, picture).map((at) => ({
    kind: 'patch',
    segment: 'image',
    ...cellOf(picture, at),
    text: '',
    members: [at],
  }))
}

function tokenInputs(sequence: Sequence, { role, first, tokens }: TextSegment): UnnumberedInput[] {
  const read = tokens.map(({ text }, place) => ({ text, members: [first + place] }))
  return groupInputs(sequence, 'token', role, read).filter(({ members }) => members.every((member) => isRead(sequence, member)))
}

function wholeWords(sequence: Sequence, text: string): TokenGroup[] {
  const completion = textTokens(sequence, 'completion')
  return words(completion, text).filter(({ members }) => !members.includes(completion.length - 1))
}

function groupInputs(sequence: Sequence, kind: Input['kind'], role: TextRole, groups: readonly TokenGroup[]): UnnumberedInput[] {
  return groups.map(({ text, members }) => ({
    kind,
    segment: role,
    row: null,
    column: null,
    text,
    members: members.map((index) => tokenPosition(sequence, { role, index })),
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
  return kind === 'word' || kind === 'chunk'
    ? chunkRow(members, sequence, suppression)
    : jointRow(members, sequence, similarity, suppression)
}
