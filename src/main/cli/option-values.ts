import { fail } from '../../shared/domain/failure.ts'

/**
 * Turns the text after an option into its value.
 * @throws `option-invalid`
 */
export type Parser<Value> = (option: string, text: string) => Value

/** Highest layer that may be named; a range of more would only be a slip. */
const highestLayer = 9999

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Bounds of a number: from `least` (or above it) to `most`. */
export interface Bounds {
  readonly least?: number
  readonly above?: number
  readonly most?: number
}

/** A finite decimal number within bounds. */
export function number(bounds: Bounds = {}): Parser<number> {
  return (option, text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN
    if (!Number.isFinite(value)) fail('option-invalid', { option, reason: `"${text}" is not a number` })
    return within(option, text, value, bounds)
  }
}

/** A whole number within bounds. */
export function integer(bounds: Bounds = {}): Parser<number> {
  return (option, text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
    if (!Number.isSafeInteger(value)) fail('option-invalid', { option, reason: `"${text}" is not a whole number` })
    return within(option, text, value, bounds)
  }
}

/** One of some words. */
export function choice<const Word extends string>(words: readonly Word[]): Parser<Word> {
  return (option, text) =>
    words.find((word) => word === text) ??
    fail('option-invalid', { option, reason: `"${text}" is not one of ${words.join(', ')}` })
}

/** Any text; also an empty one, which has a failure of its own where it matters. */
export function anyText(_option: string, text: string): string {
  return text
}

/** A file, a folder or a name. What looks like an option is one that lost its value. */
export function place(option: string, text: string): string {
  if (text === '') fail('option-invalid', { option, reason: 'the name is empty' })
  if (text.startsWith('--'))
    fail('option-invalid', { option, reason: `its value is missing (a file called "${text}" is written ./${text})` })
  if (text.includes('\0')) fail('option-invalid', { option, reason: 'the name holds a zero character' })
  return text
}

/** Layers and ranges of layers, `0,2-3`, as an ascending list without repeats. */
export function layerList(option: string, text: string): readonly number[] {
  const layers = text.split(',').flatMap((part) => layerRange(option, part.trim()))
  return [...new Set(layers)].sort((a, b) => a - b)
}

function layerRange(option: string, text: string): number[] {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (first === undefined)
    return fail('option-invalid', { option, reason: `"${text}" is neither a layer nor a range such as 2-3` })
  const [from, to] = [Number(first), Number(last ?? first)]
  if (to > highestLayer || from > highestLayer) fail('option-invalid', { option, reason: `layers end at ${highestLayer}` })
  if (to < from) fail('option-invalid', { option, reason: `the range ${text} runs backwards` })
  return Array.from({ length: to - from + 1 }, (_, step) => from + step)
}

function within(option: string, text: string, value: number, { least, above, most }: Bounds): number {
  const fits =
    (least === undefined || value >= least) && (above === undefined || value > above) && (most === undefined || value <= most)
  return fits
    ? value
    : fail('option-invalid', { option, reason: `${text} is out of range: ${boundsWords({ least, above, most })}` })
}

function boundsWords({
  least,
  above,
  most,
}: {
  least: number | undefined
  above: number | undefined
  most: number | undefined
}): string {
  const words = [
    least === undefined ? null : `at least ${least}`,
    above === undefined ? null : `above ${above}`,
    most === undefined ? null : `at most ${most}`,
  ]
  return `it must be ${words.filter((word) => word !== null).join(' and ')}`
}
