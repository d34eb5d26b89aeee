import { z } from 'zod'
import type { InputIndex, Position, TargetIndex, TokenId } from '../values/brand.ts'

/** An object with these fields and no others, read-only. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodReadonly<z.ZodObject<Shape, z.core.$strict>> =>
  z.strictObject(shape).readonly()

/** A read-only list. */
export const list = <Item extends z.ZodType>(item: Item, most?: number): z.ZodReadonly<z.ZodArray<Item>> =>
  (most === undefined ? z.array(item) : z.array(item).max(most)).readonly()

/** A whole number from 0 to 2^24: an index, a count of tokens, patches or pixels. */
export const count = z
  .int()
  .min(0)
  .max(1 << 24)

// A brand costs nothing at run time and changes nothing: the same check under another type.
const branded = <Branded extends number>() => count as unknown as z.ZodType<Branded, Branded>

/** See {@link Position}. */
export const positionSchema = branded<Position>()
/** See {@link InputIndex}. */
export const inputIndexSchema = branded<InputIndex>()
/** See {@link TargetIndex}. */
export const targetIndexSchema = branded<TargetIndex>()
/** See {@link TokenId}. */
export const tokenIdSchema = branded<TokenId>()

/** 32-bit floats; they travel between processes as they are, never as JSON numbers. */
export const floats = z.instanceof(Float32Array) as unknown as z.ZodType<Float32Array, Float32Array>

/** SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
