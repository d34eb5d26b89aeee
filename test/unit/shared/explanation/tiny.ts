import type { KnownExplanation, PreviewMap } from '../../../../src/shared/explanation/known.ts'
import { exactNumbers } from '../../../../src/shared/explanation/known.ts'
import { defaultSuppression } from '../../../../src/shared/explanation/parameters.ts'
import type { Suppression } from '../../../../src/shared/explanation/parameters.ts'
import type { Question, TargetRef } from '../../../../src/shared/explanation/question.ts'
import { wholeAnswer } from '../../../../src/shared/explanation/question.ts'
import type { GeneratedToken, Input, Target } from '../../../../src/shared/explanation/record.ts'
import { inputIndex, position, targetIndex, tokenId } from '../../../../src/shared/values/brand.ts'

/** What differs from the usual tiny explanation. */
export interface Wish {
  readonly picture?: boolean
  readonly prompt?: readonly string[]
  readonly completion?: readonly string[]
  /** Groups of places among the prompt's tokens, as further inputs. */
  readonly words?: readonly (readonly number[])[]
  readonly chunks?: readonly (readonly number[])[]
  /** In nats; by input and place of the target in the completion. */
  readonly nats?: (input: Input, target: Target) => number
  /** What the candidate at a place lost, in nats. */
  readonly lost?: (input: Input, target: Target, place: number) => number
  readonly suppression?: Partial<Suppression>
}

/** The rival of every token: its second candidate. */
const rivals = [' cat', ' sat', ' fox']

/** A picture of 2 x 2 patches, the prompt "a dog" and the completion " dog ran dog": small enough to check by hand. */
export function tiny(wish: Wish = {}): KnownExplanation {
  const { picture = true, prompt = ['a', ' dog'], completion = [' dog', ' ran', ' dog'] } = wish
  const patches = picture ? 4 : 0
  const inputs = numbered([
    ...(picture ? [0, 1, 2, 3].map(patch) : []),
    ...prompt.map((text, place) => textInput('token', 'prompt', text, [patches + place])),
    ...completion.slice(0, -1).map((text, place) => textInput('token', 'completion', text, [patches + prompt.length + place])),
    ...groups('word', prompt, wish.words, patches),
    ...groups('chunk', prompt, wish.chunks, patches),
  ])
  const written = completion.map(generated)
  const targets = written.map(({ id, text, logprob, candidates }, index): Target => ({
    column: targetIndex(index),
    index,
    segment: 'completion',
    id,
    text,
    logprob,
    candidates,
  }))
  const { nats = () => 1, lost = () => 0.25 } = wish
  const cells = inputs.flatMap((input) => targets.map((target) => ({ input, target })))
  const grid = picture ? { rows: 2, columns: 2, start: 0 } : null
  const tokens = prompt.map((text, index) => ({ id: tokenId(index), text, span: spanOf(prompt, index) }))
  const relevance = {
    inputs: inputs.length,
    targets: targets.length,
    values: Float32Array.from(cells, ({ input, target }) => nats(input, target)),
    candidates: Float32Array.from(
      cells.flatMap(({ input, target }) => [0, 1, 2, 3, 4].map((place) => lost(input, target, place))),
    ),
  }
  return {
    picture: null,
    grid,
    inputs,
    targets,
    suppression: { ...defaultSuppression, ...wish.suppression },
    prompt: tokens,
    completion: written,
    numbers: exactNumbers({ grid, inputs, targets, prompt: tokens, completion: written }, relevance),
    joint: [],
  }
}

/** The same while only a preview of blocks is known. */
export function previewed(
  known: KnownExplanation,
  values: readonly number[],
  first: readonly number[] = values,
): KnownExplanation {
  const { targets } = known
  const map = (numbers: readonly number[]): PreviewMap => ({ rows: 1, columns: 2, targets, values: Float32Array.from(numbers) })
  return { ...known, inputs: [], numbers: { kind: 'preview', map: map(values), first: map(first) } }
}

/** A question about tokens of the completion; without any about the whole answer. */
export function ask(places: readonly number[], change: Partial<Question> = {}): Question {
  const tokens: TargetRef[] = places.map((index) => ({ segment: 'completion', index }))
  return { ...wholeAnswer, ...(tokens.length === 0 ? {} : { about: { kind: 'tokens', tokens } }), ...change }
}

/** Positions as they are branded. */
export function positions(...values: number[]) {
  return values.map(position)
}

type Unnumbered = Omit<Input, 'index'>

function numbered(inputs: readonly Unnumbered[]): Input[] {
  return inputs.map((input, index) => ({ index: inputIndex(index), ...input }))
}

function patch(place: number): Unnumbered {
  return { kind: 'patch', segment: 'image', row: place >> 1, column: place & 1, text: '', members: [position(place)] }
}

function textInput(kind: Input['kind'], segment: Input['segment'], text: string, members: readonly number[]): Unnumbered {
  return { kind, segment, row: null, column: null, text, members: members.map(position) }
}

function groups(kind: Input['kind'], prompt: readonly string[], lists: Wish['words'] = [], first: number): Unnumbered[] {
  return lists.map((places) =>
    textInput(
      kind,
      'prompt',
      places.map((place) => prompt[place]).join(''),
      places.map((place) => first + place),
    ),
  )
}

function generated(text: string, index: number, all: readonly string[]): GeneratedToken {
  const id = tokenId(10 + index)
  const other = (place: number) => ({
    id: tokenId(20 + place),
    text: place === 1 ? (rivals[index] ?? ' x') : ` other${place}`,
    logprob: -1 - place,
  })
  return {
    id,
    text,
    span: spanOf(all, index),
    logprob: -0.5,
    candidates: [{ id, text, logprob: -0.5 }, other(1), other(2), other(3), other(4)],
  }
}

function spanOf(texts: readonly string[], index: number) {
  const start = texts.slice(0, index).join('').length
  return { start, end: start + (texts[index] ?? '').length }
}
