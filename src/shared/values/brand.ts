declare const brand: unique symbol

/** A `Base` that may not be mixed up with another of the same base: a patch index is no token index. Costs nothing at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }

/** Zero-based place in the whole sequence: picture patches first, then prompt tokens, then completion tokens. */
export type Position = Brand<number, 'Position'>

/** Zero-based row of the relevance matrix: one way of suppressing a part of the input. */
export type InputIndex = Brand<number, 'InputIndex'>

/** Zero-based column of the relevance matrix: one token whose probability is watched. */
export type TargetIndex = Brand<number, 'TargetIndex'>

/** Entry of the tokenizer's vocabulary. */
export type TokenId = Brand<number, 'TokenId'>

/** Takes a plain number as a position of the sequence. */
export const position = (value: number): Position => value as Position
/** Takes a plain number as a row of the relevance matrix. */
export const inputIndex = (value: number): InputIndex => value as InputIndex
/** Takes a plain number as a column of the relevance matrix. */
export const targetIndex = (value: number): TargetIndex => value as TargetIndex
/** Takes a plain number as a vocabulary entry. */
export const tokenId = (value: number): TokenId => value as TokenId
