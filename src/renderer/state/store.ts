import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { State } from './state.ts'
import { initialState } from './state.ts'

/** The window's state, without React. */
export type Store = StoreApi<State>

/** Names of the slices that are plain objects. */
type Slice = 'explaining' | 'asking' | 'viewing' | 'steering' | 'library'

/** Opens an empty window's state. */
export function openStore(): Store {
  return createStore<State>(() => initialState)
}

/** Changes part of a slice. */
export function change<Name extends Slice>(store: Store, slice: Name, part: Partial<State[Name]>): void {
  store.setState((state) => ({ [slice]: { ...state[slice], ...part } }))
}
