import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { State } from '../state/state.ts'
import type { Workspace } from '../state/workspace.ts'

/** Hands the window's state and commands down. */
export const WorkspaceContext = createContext<Workspace | null>(null)

/** State and commands of this window. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (workspace === null) throw new Error('there is no workspace around this component')
  return workspace
}

/** A value of the state; the component is drawn again when it changes. */
export function useApp<Value>(select: (state: State) => Value): Value {
  return useStore(useWorkspace().store, select)
}
