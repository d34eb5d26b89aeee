import type { PatchGrid, TextRole, TextToken } from '../explanation/record.ts'
import type { Position } from '../values/brand.ts'
import { position } from '../values/brand.ts'
import { element, lastElement } from '../values/element.ts'

import type { Cell, GridShape } from './patch-grid.ts'
import { cellOf, patchCount } from './patch-grid.ts'

/** Positions of a picture, one per cell, row by row from the top left. */
export interface PictureSegment extends GridShape {
  readonly kind: 'picture'
  /** Position of its first cell. */
  readonly start: Position
}

/** Positions of a text without anything in between, one per token. */
export interface TextSegment {
  readonly kind: 'text'
  readonly role: TextRole
  /** Position of its first token. */
  readonly start: Position
  /** Place of its first token among all tokens of its role: not 0 after a picture in the middle of the prompt. */
  readonly first: number
  readonly tokens: readonly TextToken[]
}

/** A part of the sequence without anything else in between. */
export type SequenceSegment = PictureSegment | TextSegment

/** What the decoder reads, in order. Nothing else knows where a picture or a text lies. */
export interface Sequence {
  /** In order and without gaps; none is empty. */
  readonly segments: readonly SequenceSegment[]
  /** Number of positions read, S: one less than the segments have, because the last completion token is predicted but never read. */
  readonly length: number
}

/** What a sequence is made of, as a record holds it. */
export interface SequenceParts {
  /** Where the picture lies; its `start` counts the prompt tokens before it. `null` without a picture. */
  readonly grid: PatchGrid | null
  readonly prompt: readonly TextToken[]
  /** All tokens of the completion or target. Empty while nothing is written. */
  readonly completion: readonly TextToken[]
}

/** A token by its place in its own text. */
export interface TokenPlace {
  readonly role: TextRole
  /** Zero-based place among the tokens of its role. */
  readonly index: number
}

/**
 * The sequence of a picture, a prompt and a completion: the picture lies where its grid says, within the prompt.
 * @throws RangeError when the picture would start behind the prompt
 */
export function sequenceOf({ grid, prompt, completion }: SequenceParts): Sequence {
  const before = grid === null ? 0 : grid.start
  if (before > prompt.length)
    throw new RangeError(`a picture at position ${before} needs more than ${prompt.length} tokens before it`)
  const after = before + (grid === null ? 0 : patchCount(grid))
  const segments = [
    text('prompt', 0, 0, prompt.slice(0, before)),
    ...(grid === null ? [] : [picture(grid)]),
    text('prompt', after, before, prompt.slice(before)),
    text('completion', after - before + prompt.length, 0, completion),
  ].filter((segment) => segmentLength(segment) > 0)
  return { segments, length: after - before + prompt.length + Math.max(0, completion.length - 1) }
}

function picture({ rows, columns, start }: PatchGrid): PictureSegment {
  return { kind: 'picture', start: position(start), rows, columns }
}

function text(role: TextRole, start: number, first: number, tokens: readonly TextToken[]): TextSegment {
  return { kind: 'text', role, start: position(start), first, tokens }
}

/** Number of positions of a segment; for the last one the predicted token counts, too. */
export function segmentLength(segment: SequenceSegment): number {
  return segment.kind === 'picture' ? patchCount(segment) : segment.tokens.length
}

/** Positions of a segment that the decoder reads, ascending. */
export function readPositions(sequence: Sequence, segment: SequenceSegment): Position[] {
  const length = Math.min(segmentLength(segment), sequence.length - segment.start)
  return Array.from({ length }, (_, place) => position(segment.start + place))
}

/** Segments of a text, in order: two of the prompt where a picture stands in its middle. */
export function textSegments({ segments }: Sequence, role: TextRole): TextSegment[] {
  return segments.filter((segment): segment is TextSegment => segment.kind === 'text' && segment.role === role)
}

/** All tokens of a text, in order. */
export function textTokens(sequence: Sequence, role: TextRole): TextToken[] {
  return textSegments(sequence, role).flatMap(({ tokens }) => tokens)
}

/** Pictures of the sequence, in order. */
export function pictureSegments({ segments }: Sequence): PictureSegment[] {
  return segments.filter((segment) => segment.kind === 'picture')
}

/**
 * Position of a token. The model predicts it one position earlier.
 * @throws RangeError for a token that the sequence does not have
 */
export function tokenPosition(sequence: Sequence, { role, index }: TokenPlace): Position {
  const segment = textSegments(sequence, role).find(({ first, tokens }) => index >= first && index < first + tokens.length)
  if (segment === undefined) throw new RangeError(`the ${role} has no token ${index}`)
  return position(segment.start + index - segment.first)
}

/**
 * The segment that a position belongs to; the predicted last token belongs to the completion.
 * @throws RangeError for a position outside
 */
export function segmentAt({ segments }: Sequence, at: number): SequenceSegment {
  const found = segments.find((segment) => at >= segment.start && at < segment.start + segmentLength(segment))
  if (found === undefined) throw new RangeError(`position ${at} lies outside a sequence of ${endOf(segments)} positions`)
  return found
}

function endOf(segments: readonly SequenceSegment[]): number {
  if (segments.length === 0) return 0
  const last = lastElement(segments)
  return last.start + segmentLength(last)
}

/**
 * The cell of the picture at a position; `null` for text.
 * @throws RangeError for a position outside
 */
export function cellAt(sequence: Sequence, at: Position): Cell | null {
  const segment = segmentAt(sequence, at)
  return segment.kind === 'picture' ? cellOf(segment, at) : null
}

/**
 * The token at a position, by its place in its own text; `null` for a cell of a picture.
 * @throws RangeError for a position outside
 */
export function tokenAt(sequence: Sequence, at: Position): (TokenPlace & { readonly token: TextToken }) | null {
  const segment = segmentAt(sequence, at)
  if (segment.kind === 'picture') return null
  const place = at - segment.start
  return { role: segment.role, index: segment.first + place, token: element(segment.tokens, place) }
}

/** Whether the decoder reads a position, so that it can be suppressed: the last completion token it only predicts. */
export function isRead({ length }: Sequence, at: number): boolean {
  return Number.isInteger(at) && at >= 0 && at < length
}
