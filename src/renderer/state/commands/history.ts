import type { Explanation } from '../../../shared/explanation/record.ts'
import type { HistoryEntry } from '../../../shared/contract/library.ts'
import type { Answer } from '../answer.ts'
import { answerOf } from '../answer.ts'
import type { WhenceHost } from '../../host/host.ts'
import type { Compared, State } from '../state.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import { strongestToken } from '../strongest-token.ts'
import { clearView, pinStrongest } from '../clear-view.ts'
import { attempt, notify } from './notify.ts'
import type { Preferences } from './preferences.ts'

/** Looking after past explanations. */
export interface History {
  /** Reads the list again for the search as it stands. */
  readonly refresh: () => Promise<void>
  /** Reads the next page, if there is one. */
  readonly more: () => void
  readonly search: (text: string) => void
  /** Shows an entry with its numbers, without any pass. */
  readonly open: (id: string) => Promise<boolean>
  readonly pin: (entry: HistoryEntry) => void
  readonly note: (id: string, note: string) => void
  /** Deletes entries; a message offers to bring them back. */
  readonly remove: (ids: readonly string[]) => void
  /** Adds an entry to the chosen ones, or takes it out. */
  readonly choose: (id: string | null) => void
  /** Sets an entry beside the one shown. */
  readonly compare: (id: string) => void
}

const page = 200

/** Makes the commands; `leave` lets the work in hand go on behind the entry that is about to be shown. */
export function createHistory(host: WhenceHost, store: Store, preferences: Preferences, leave: () => void): History {
  let asked = 0
  let opened = 0

  const read = async (offset: number): Promise<void> => {
    const ticket = ++asked
    change(store, 'library', { loading: true })
    const { search, entries } = store.getState().library
    const answer = await host.call('history.list', { search, offset, limit: page })
    if (ticket !== asked) return
    change(store, 'library', {
      total: answer.total,
      loading: false,
      entries: offset === 0 ? answer.entries : [...entries.slice(0, offset), ...answer.entries],
    })
  }
  const refresh = (): Promise<void> => read(0)
  const replace = (entry: HistoryEntry): void =>
    change(store, 'library', { entries: store.getState().library.entries.map((old) => (old.id === entry.id ? entry : old)) })

  const open = async (id: string): Promise<boolean> => {
    const ticket = ++opened
    const { entry, explanation } = await host.call('history.open', { id })
    if (ticket !== opened) return false
    leave()
    showEntry(store, entry, explanation)
    // The parameters shown are those of what is shown.
    preferences.set({ lastEntry: id, suppression: entry.suppression })
    return true
  }

  return {
    refresh,
    open,
    more: () => {
      const { entries, total, loading } = store.getState().library
      if (!loading && entries.length < total) attempt(store, () => read(entries.length))
    },
    search: (search) => {
      change(store, 'library', { search })
      attempt(store, refresh)
    },
    pin: ({ id, pinned }) =>
      attempt(store, async () => {
        replace(await host.call('history.pin', { id, pinned: !pinned }))
        await refresh()
      }),
    note: (id, note) => attempt(store, async () => replace(await host.call('history.note', { id, note }))),
    remove: (ids) => attempt(store, () => remove(host, store, [...ids], refresh)),
    choose: (id) => change(store, 'library', { chosen: toggled(store.getState().library.chosen, id) }),
    compare: (id) => attempt(store, () => compare(host, store, id)),
  }
}

function showEntry(store: Store, entry: HistoryEntry, explanation: Explanation | null): void {
  const picture = pictureOf(entry, explanation)
  const answer = explanation === null ? null : answerOf(explanation, entry.pictureName, entry.id)
  change(store, 'asking', { picture, prompt: entry.prompt, target: entry.target })
  clearView(store)
  change(store, 'explaining', { answer, run: { kind: 'idle' }, firstRun: false, forgotten: answer === null ? entry : null })
  pinStrongest(store)
}

function pictureOf({ picture, pictureName }: HistoryEntry, explanation: Explanation | null): State['asking']['picture'] {
  if (picture === null) return null
  const { width, height, notes } = explanation?.picture ?? { width: 0, height: 0, notes: [] }
  return { sha256: picture, name: pictureName ?? 'picture', width, height, notes: [...notes] }
}

async function remove(host: WhenceHost, store: Store, ids: string[], refresh: () => Promise<void>): Promise<void> {
  const { entries, total, chosen } = store.getState().library
  const gone = new Set(ids)
  const named = entries.find(({ id }) => gone.has(id))
  change(store, 'library', {
    entries: entries.filter(({ id }) => !gone.has(id)),
    total: Math.max(0, total - ids.length),
    chosen: new Set([...chosen].filter((id) => !gone.has(id))),
  })
  await host.call('history.delete', { ids })
  const restore = async (): Promise<void> => {
    await host.call('history.restore', { ids })
    await refresh()
  }
  const text =
    ids.length === 1 && named !== undefined ? `Deleted “${named.completion.trim()}”.` : `Deleted ${ids.length} explanations.`
  notify(store, { kind: 'info', text, action: { label: 'Undo', run: () => attempt(store, restore) } })
}

async function compare(host: WhenceHost, store: Store, id: string): Promise<void> {
  const first = store.getState().explaining.answer
  const { entry, explanation } = await host.call('history.open', { id })
  if (explanation === null)
    notify(store, { kind: 'info', text: 'Its numbers are no longer kept; open it to compute them again.' })
  else if (first !== null) store.setState({ comparing: besides(answerOf(explanation, entry.pictureName, entry.id)) })
}

/** The explanation beside the shown one, with the token chosen that rests most on one part. */
function besides(answer: Answer): Compared {
  const strongest = strongestToken(answer.known)
  return { answer, pinned: strongest === null ? [] : [{ segment: 'completion', index: strongest }], preview: null }
}

function toggled(chosen: ReadonlySet<string>, id: string | null): ReadonlySet<string> {
  if (id === null) return new Set()
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}
