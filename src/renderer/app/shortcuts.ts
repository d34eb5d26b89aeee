import { useEffect } from 'react'
import type { Workspace } from '../state/workspace.ts'
import { useWorkspace } from '../hooks/workspace-context.ts'

/** Keys that work everywhere in the window. A control that has the focus keeps its own keys. */
export function useShortcuts(openPicture: () => void): void {
  const workspace = useWorkspace()
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && answerKey(workspace, openPicture, event)) event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [workspace, openPicture])
}

function answerKey(workspace: Workspace, openPicture: () => void, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return answerChord(workspace, openPicture, event.key)
  if (event.altKey) return false
  if (event.key === 'Escape') return escape(workspace)
  if (isWriting(event.target)) return false
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      if (keepsArrows(event.target)) return false
      workspace.pinning.play(false)
      workspace.pinning.step(event.key === 'ArrowRight' ? 1 : -1)
      return true
    case ' ':
      if (document.activeElement !== null && document.activeElement !== document.body) return false
      workspace.pinning.play(!workspace.store.getState().viewing.playing)
      return true
    default:
      return false
  }
}

function answerChord({ explaining }: Workspace, openPicture: () => void, key: string): boolean {
  if (key === 'Enter') void explaining.write()
  else if (key === 'o') openPicture()
  else return false
  return true
}

function escape({ pinning }: Workspace): boolean {
  if (isWriting(document.activeElement) && document.activeElement instanceof HTMLElement) document.activeElement.blur()
  else pinning.back()
  return true
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('textarea, select, input:not([type=radio], [type=checkbox], [type=range])')
  )
}

function keepsArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[data-keeps-arrows], input, [role=menu], [role=separator]') !== null
}
