import { fail } from '../../../shared/contract/failure.ts'

/**
 * Turns the text after an option into its value.
 * @throws `option-invalid`
 */
export type Parser<Value> = (option: string, text: string) => Value

/** Highest layer or token that may be named; a range of more would only be a slip. */
const highestPlace = 9999

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

/** A text that is not empty. */
export function someText(option: string, text: string): string {
  return text.trim() === '' ? fail('option-invalid', { option, reason: 'its value is empty' }) : text
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
  return placeList(option, text, 'layer')
}

/** The same for tokens. */
export function tokenList(option: string, text: string): readonly number[] {
  return placeList(option, text, 'token')
}

function placeList(option: string, text: string, noun: string): readonly number[] {
  const places = text.split(',').flatMap((part) => placeRange(option, part.trim(), noun))
  return [...new Set(places)].sort((a, b) => a - b)
}

function placeRange(option: string, text: string, noun: string): number[] {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (first === undefined)
    return fail('option-invalid', { option, reason: `"${text}" is neither a ${noun} nor a range such as 2-3` })
  const [from, to] = [Number(first), Number(last ?? first)]
  if (to > highestPlace || from > highestPlace) fail('option-invalid', { option, reason: `${noun}s end at ${highestPlace}` })
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
