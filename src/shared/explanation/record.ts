import type { InputIndex, Position, TargetIndex, TokenId } from '../values/brand.ts'
import type { Chunking, InputSelection, Provider, Sampling, Suppression, TargetSelection } from './parameters.ts'
import type { ModelIdentity } from './model-info.ts'
import type { PatchGrid } from '../sequence/grid.ts'

/** Part of the sequence a position belongs to. */
export type Segment = 'image' | 'prompt' | 'completion'

/** Half-open range of UTF-16 code units in a text. */
export interface CharacterSpan {
  readonly start: number
  readonly end: number
}

/** A token as the tokenizer cut it out of a text. */
export interface TextToken {
  readonly id: TokenId
  /** What the token adds to the text; part of a character may show as U+FFFD. */
  readonly text: string
  /** Where it stands in its own text (prompt or completion). */
  readonly span: CharacterSpan
}

/** A token the model might have said at some position. */
export interface Candidate {
  readonly id: TokenId
  readonly text: string
  /** Natural logarithm of its probability, in nats. */
  readonly logprob: number
}

/** A token the model wrote, with the five it found most probable there (itself need not be among them when sampled or given). */
export interface GeneratedToken extends TextToken {
  readonly logprob: number
  readonly candidates: readonly Candidate[]
}

/** One row of the relevance matrix: a part of the sequence that is suppressed. */
export interface Input {
  readonly index: InputIndex
  readonly kind: 'patch' | 'token' | 'word' | 'chunk'
  readonly segment: Segment
  /** Zero-based place in the patch grid; `null` for text. */
  readonly row: number | null
  readonly column: number | null
  /** The text suppressed; empty for a patch. */
  readonly text: string
  /** Positions suppressed at once, ascending; one for a patch or a token (its neighbours are not listed). */
  readonly members: readonly Position[]
}

/** One column of the relevance matrix: a token whose log-probability is watched. */
export interface Target {
  /** Column of the matrix. */
  readonly column: TargetIndex
  /** Zero-based place within its segment. */
  readonly index: number
  readonly segment: 'prompt' | 'completion'
  readonly id: TokenId
  readonly text: string
  /** Unchanged log-probability, in nats. */
  readonly logprob: number
  /** The five most probable tokens here, in the unchanged run. */
  readonly candidates: readonly Candidate[]
}

/** Relevance R of paper Eq. 5, in nats, row-major `[inputs, targets]`: positive means the target needed that input. */
export interface RelevanceMatrix {
  readonly inputs: number
  readonly targets: number
  readonly values: Float32Array
  /**
   * How much each of the target's `candidates` lost when the input was suppressed, `[inputs, targets, 5]`, in nats, the same sign as `values`.
   * "Why X and not Y" is the difference of two of them. NaN where a target has fewer than five candidates.
   */
  readonly candidates: Float32Array
}

/** Everything a person may set about an explanation. */
export interface ExplainParameters {
  readonly suppression: Suppression
  readonly sampling: Sampling
  readonly inputs: InputSelection
  readonly targets: TargetSelection
  readonly chunks: Chunking | null
}

/** A picture as it was read and shown to the model. */
export interface PictureProvenance {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff'
  /** Size in pixels after the EXIF orientation was applied. */
  readonly width: number
  readonly height: number
  /** What was done to it, in the user's words: "rotated as its EXIF orientation 6 asks", "first of 12 frames". */
  readonly notes: readonly string[]
  /** Part of the oriented picture the model really saw, in its pixels. */
  readonly seen: PixelBox
}

/** A box in pixels of the oriented picture; edges may be fractional. */
export interface PixelBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Where the time went, in milliseconds, and how many passes were run. */
export interface ExplainTimings {
  readonly loadMs: number
  readonly imageMs: number
  readonly generateMs: number
  readonly sweepMs: number
  readonly passes: number
  /** Whether keys and values of the picture's rows came from the image bank. */
  readonly bank: 'none' | 'cold' | 'warm'
}

/** A completion and what every part of the input contributed to each of its tokens. */
export interface Explanation {
  readonly model: ModelIdentity
  readonly provider: Provider
  readonly parameters: ExplainParameters
  readonly picture: PictureProvenance | null
  readonly grid: PatchGrid | null
  readonly prompt: { readonly text: string; readonly tokens: readonly TextToken[] }
  readonly completion: { readonly text: string; readonly tokens: readonly GeneratedToken[]; readonly given: boolean }
  readonly inputs: readonly Input[]
  readonly targets: readonly Target[]
  readonly relevance: RelevanceMatrix
  readonly timings: ExplainTimings
}
