import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { KnownExplanation } from '../../shared/explanation/known.ts'
import type { About, Against, Question } from '../../shared/explanation/question.ts'
import { findTarget, tokensAbout } from '../../shared/explanation/target-ref.ts'
import type { View } from '../../shared/explanation/view.ts'
import { comparedViews, viewOf } from '../../shared/explanation/view.ts'
import type { Compared, Shown, State } from './state.ts'
import { initialState } from './state.ts'

/** The window's state, without React. */
export type Store = StoreApi<State>

/** Names of the slices that are plain objects. */
type Slice = 'explaining' | 'asking' | 'viewing' | 'steering' | 'library'

/** Opens an empty window's state. */
export function openStore(): Store {
  return createStore<State>(() => ({ ...initialState, shown: createShown() }))
}

/** Changes part of a slice. */
export function change<Name extends Slice>(store: Store, slice: Name, part: Partial<State[Name]>): void {
  store.setState((state) => ({ [slice]: { ...state[slice], ...part } }))
}

/** What the window asks of the shown record. */
export function selectQuestion(state: State): Question {
  const { viewing, settings, comparing } = state
  const tokens = viewing.preview === null ? viewing.pinned : [viewing.preview]
  const against = comparing === null ? candidateOf(state) : besideOf(comparing)
  return { about: tokensAbout(tokens), against, without: viewing.part, scale: settings.scale }
}

/** The one answer to it, which everything that shows relevance draws; `null` before anything was asked of the model. */
export function selectView(state: State): View | null {
  return state.shown(state).view
}

/** The answer of the record set beside the shown one, on the same scale; `null` without a comparison. */
export function selectBeside(state: State): View | null {
  return state.shown(state).beside
}

/** The pinned token's candidate that it is compared with, while that token alone is shown. */
function candidateOf({ viewing: { preview, pinned, whyNot }, explaining: { answer } }: State): Against {
  const [only, ...others] = pinned
  const target = only === undefined || answer === null ? undefined : findTarget(answer.known.targets, only)
  const held = preview === null && others.length === 0 && target !== undefined
  if (!held || whyNot === null || whyNot >= target.candidates.length) return { kind: 'nothing' }
  return { kind: 'candidate', place: whyNot }
}

function besideOf(compared: Compared): Against {
  const { entry } = compared.answer
  return entry === null ? { kind: 'nothing' } : { kind: 'record', entry, about: aboutBeside(compared) }
}

function aboutBeside({ pinned, preview }: Compared): About {
  return tokensAbout(preview === null ? pinned : [preview])
}

/** Keeps the last answer as long as nothing that decides it has changed. One for each store, so that windows do not share it. */
function createShown(): (state: State) => Shown {
  let last: { readonly given: readonly unknown[]; readonly shown: Shown } | null = null
  return (state) => {
    const { explaining, viewing, settings, comparing } = state
    const { pinned, preview, whyNot, part } = viewing
    const given = [explaining.answer?.known, pinned, preview, whyNot, part, settings.scale, comparing]
    if (last === null || given.some((value, place) => !Object.is(value, last?.given[place])))
      last = { given, shown: shownIn(state) }
    return last.shown
  }
}

function shownIn(state: State): Shown {
  const { answer } = state.explaining
  const { comparing } = state
  if (answer === null || !isPlaced(answer.known)) return { view: null, beside: null }
  const first = { known: answer.known, question: selectQuestion(state) }
  if (comparing === null) return { view: viewOf(first.known, first.question), beside: null }
  const question: Question = { ...first.question, about: aboutBeside(comparing), against: { kind: 'nothing' }, without: null }
  const [view, beside] = comparedViews(first, { known: comparing.answer.known, question })
  return { view, beside }
}

/** Whether the text around the picture is known, so that everything has its position: the picture is prepared before the prompt is read. */
function isPlaced({ grid, prompt }: KnownExplanation): boolean {
  return grid === null || grid.start <= prompt.length
}
