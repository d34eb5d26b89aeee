import type { WhenceHost } from '../../host/host.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'
import type { History } from './history.ts'
import { attempt, notify, wordsFor } from './notify.ts'
import type { Opening } from './opening.ts'

/** Whether anything is opened at the start. */
export type StartManner = 'usual' | 'safe'

/**
 * Fills the window: what the app remembers, the model, the history, and what is shown first: a picture given on the command line, else the entry shown
 * last, else the stored sample. Safe mode, offered after the page was lost twice, opens nothing by itself: what it showed may be what stopped it.
 */
export async function start(
  host: WhenceHost,
  store: Store,
  history: History,
  opening: Opening,
  manner: StartManner,
): Promise<void> {
  try {
    const settings = await host.call('settings.get', {})
    store.setState({ settings })
    change(store, 'asking', { prompt: settings.prompt })
    attempt(store, () => history.refresh())
    const last = manner === 'safe' ? null : settings.lastEntry
    // What was shown last needs no model: it is there before the model is.
    const restored = last !== null && (await history.open(last).catch(() => false))
    const app = await host.call('app.state', {})
    store.setState({ app })
    for (const text of app.notices) notify(store, { kind: 'info', text })
    if (manner === 'safe') return
    if (app.opened !== null) opening.added(app.opened)
    else if (!restored && app.sample !== null) await showSample(store, history, app.sample)
  } catch (error) {
    store.setState({ trouble: wordsFor(error) })
  }
}

async function showSample(store: Store, history: History, sample: string): Promise<void> {
  if (await history.open(sample).catch(() => false)) change(store, 'explaining', { firstRun: true })
}
