/** A place in a source file, as Stryker counts: lines and columns from 1, the end exclusive. */
interface Place {
  readonly line: number
  readonly column: number
}

/** What became of one changed place of the code. */
export interface TriedMutant {
  readonly fileName: string
  readonly location: { readonly start: Place; readonly end: Place }
  /** What stands there in the mutant. */
  readonly replacement?: string | undefined
  readonly status: string
  readonly statusReason?: string | undefined
}

/** How many mutants of a folder tests killed. */
export interface Score {
  readonly mutants: number
  readonly killed: number
  /** Those of the killed whose tests never ended, or not in time. */
  readonly endless: number
  /** Share killed, in per cent, rounded down; 100 without mutants. */
  readonly percent: number
}

const killed = new Set(['Killed', 'Timeout'])
const survived = new Set(['Survived', 'NoCoverage'])

/** Counts what was tried: a test that fails or never ends kills; what no test reaches survives; what was ignored or not drawn counts for nothing. */
export function scoreOf(mutants: readonly TriedMutant[]): Score {
  const dead = mutants.filter(({ status }) => killed.has(status)).length
  const tried = dead + survivorsOf(mutants).length
  const endless = mutants.filter(({ status }) => status === 'Timeout').length
  return { mutants: tried, killed: dead, endless, percent: tried === 0 ? 100 : Math.floor((1000 * dead) / tried) / 10 }
}

/** The mutants that no test noticed, in the order of files and lines. */
export function survivorsOf(mutants: readonly TriedMutant[]): TriedMutant[] {
  return mutants.filter(({ status }) => survived.has(status)).toSorted(inOrder)
}

/** One line for a folder: `src/shared/values   31 of 35 killed (2 endless), 88.5 % (85 wanted)`. */
export function scoreLine(folder: string, { mutants, killed: dead, endless, percent }: Score, least: number): string {
  const short = percent < least ? ', TOO FEW' : ''
  return `${folder.padEnd(28)}${dead} of ${mutants} killed (${endless} endless), ${percent} % (${least} wanted)${short}`
}

/**
 * Where a mutant is and what it changes: `src/shared/values/element.ts:7  found === undefined  ->  false`.
 * @param source text of its file
 */
export function mutantLine({ fileName, location, replacement, status }: TriedMutant, source: string): string {
  const untested = status === 'NoCoverage' ? '  (no test reaches it)' : ''
  return `  ${fileName}:${location.start.line}  ${oneLine(textAt(source, location))}  ->  ${oneLine(replacement ?? '')}${untested}`
}

/** The text of a place of a source file. */
function textAt(source: string, { start, end }: TriedMutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === end.line - start.line ? end.column - 1 : undefined))
    .join('\n')
}

const shownCharacters = 90

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line
}

function inOrder(first: TriedMutant, second: TriedMutant): number {
  const [one, other] = [first.location.start, second.location.start]
  return first.fileName.localeCompare(second.fileName) || one.line - other.line || one.column - other.column
}
