import { Refused } from '../../../shared/contract/answer.ts'
import type { Notice } from '../state.ts'
import type { Store } from '../store.ts'

/** How long a message stays, in milliseconds; errors stay until they are closed. */
const shownFor = 8000

/** Shows a message in the corner. */
export function notify(store: Store, notice: Omit<Notice, 'id' | 'action'> & { readonly action?: Notice['action'] }): void {
  const { notices } = store.getState()
  const id = 1 + Math.max(0, ...notices.map((other) => other.id))
  store.setState({ notices: [...notices.slice(-3), { action: null, ...notice, id }] })
  if (notice.kind === 'info') setTimeout(() => dismiss(store, id), shownFor)
}

/** Takes a message away. */
export function dismiss(store: Store, id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}

/** What went wrong, in the user's words. */
export function wordsFor(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'Something unexpected happened.'
}

/** Whether work ended because it was cancelled. */
export function wasCancelled(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof Refused && error.code === 'cancelled')
}

/** Does something in the background and shows what goes wrong. */
export function attempt(store: Store, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => notify(store, { kind: 'error', text: wordsFor(error) }))
}
