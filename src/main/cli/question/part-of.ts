import { fail } from '../../../shared/contract/failure.ts'
import type { KnownExplanation } from '../../../shared/explanation/known.ts'
import { sequenceOfKnown } from '../../../shared/explanation/known.ts'
import { numberedLabels, quoted, tokenLabel } from '../../../shared/explanation/labels.ts'
import { counted } from '../../../shared/explanation/numbers.ts'
import type { Part } from '../../../shared/explanation/question.ts'
import { patchAt } from '../../../shared/sequence/patch-grid.ts'
import { isRead, tokenPosition } from '../../../shared/sequence/sequence.ts'
import type { Position } from '../../../shared/values/brand.ts'
import { element } from '../../../shared/values/element.ts'

const cells = /^\s*\d+\s*,\s*\d+(\s+\d+\s*,\s*\d+)*\s*$/

/**
 * The part of the input that is left out: cells of the picture ("4,7 4,8", row and column from 1) or words of the text.
 * @throws `option-invalid` for what is not there, or for cells and words together
 */
export function partOf(known: KnownExplanation, prompt: string, wanted: readonly string[]): Part {
  const ofPicture = wanted.filter((each) => cells.test(each))
  if (ofPicture.length > 0 && ofPicture.length < wanted.length)
    refuse('either cells of the picture or words can be left out, not both at once')
  const positions = wanted.flatMap((each) => (ofPicture.length > 0 ? cellsIn(known, each) : textIn(known, prompt, each)))
  const ascending = [...new Set(positions)].sort((one, other) => one - other)
  return { kind: ofPicture.length > 0 ? 'patches' : 'text', positions: ascending }
}

function cellsIn({ grid }: KnownExplanation, wanted: string): Position[] {
  if (grid === null) return refuse('there is no picture')
  return [...wanted.matchAll(/(\d+)\s*,\s*(\d+)/g)].map(([cell, row, column]) => {
    const place = { row: Number(row) - 1, column: Number(column) - 1 }
    const inside = place.row >= 0 && place.row < grid.rows && place.column >= 0 && place.column < grid.columns
    if (!inside)
      refuse(
        `${cell} is outside of the picture, which has ${counted(grid.rows, 'row')} and ${counted(grid.columns, 'column')}, counted from 1`,
      )
    return patchAt(grid, place)
  })
}

/** A word as the views name it ("the (2)"), else a passage of the prompt, with or without quotation marks. */
function textIn(known: KnownExplanation, prompt: string, wanted: string): Position[] {
  const text = wanted.replace(/^\s*[“"](.*)[”"]\s*$/s, '$1')
  const named = wordsOf(known).filter(({ label, spoken }) => label === text.trim() || spoken === text.trim())
  const [word, ...alike] = named
  if (word !== undefined && alike.length > 0)
    refuse(
      severalWords(
        text,
        named.map(({ label }) => label),
      ),
    )
  return word === undefined ? passageIn(known, prompt, text) : [...word.members]
}

interface Word {
  readonly label: string
  readonly spoken: string
  readonly members: readonly Position[]
}

/** Words and tokens that the decoder reads; equal ones are numbered in the order of the text. A word of several tokens takes the place of its tokens. */
function wordsOf(known: KnownExplanation): Word[] {
  const whole = known.inputs.filter(({ kind }) => kind === 'word')
  const inside = new Set(whole.flatMap(({ members }) => members))
  const tokens = textPositions(known).filter(({ members: [at] }) => at !== undefined && !inside.has(at))
  const all = [...whole, ...tokens].sort((one, other) => element(one.members, 0) - element(other.members, 0))
  const labels = numberedLabels(all.map(({ text }) => text))
  return all.map(({ text, members }, place) => ({ label: element(labels, place), spoken: tokenLabel(text), members }))
}

function textPositions(known: KnownExplanation): { readonly text: string; readonly members: readonly Position[] }[] {
  const sequence = sequenceOfKnown(known)
  return (['prompt', 'completion'] as const)
    .flatMap((role) => known[role].map(({ text }, index) => ({ text, members: [tokenPosition(sequence, { role, index })] })))
    .filter(({ members }) => members.every((at) => isRead(sequence, at)))
}

function passageIn(known: KnownExplanation, prompt: string, text: string): Position[] {
  const start = prompt.indexOf(text)
  if (text.trim() === '' || start < 0) refuse(`there is no ${quoted(text)} in the prompt`)
  if (prompt.includes(text, start + 1)) refuse(`${quoted(text)} stands in the prompt more than once; name more of it`)
  const end = start + text.length
  const sequence = sequenceOfKnown(known)
  return known.prompt.flatMap(({ span }, index) =>
    span.start < end && span.end > start ? [tokenPosition(sequence, { role: 'prompt', index })] : [],
  )
}

function severalWords(text: string, labels: readonly string[]): string {
  return `${quoted(text)} stands there ${labels.length} times; say which: ${labels.map(quoted).join(', ')}`
}

function refuse(reason: string): never {
  return fail('option-invalid', { option: '--without', reason })
}
