import type { Settings } from '../../../src/shared/contract/library.ts'
import { askHost } from './host/ask-host.ts'
import type { BrowserWhence } from './browser-driver.ts'
import type { Stage } from './suite.ts'
import { until } from './until.ts'

/** Waits until the host knows that the shown explanation was shown last: the window tells it a moment later. */
export async function remembered({ whence, view }: Stage<BrowserWhence>): Promise<void> {
  const shown = (await view.tokenTexts()).join('')
  await until('the shown explanation is remembered', async () => {
    const { lastEntry } = await askHost<Settings>(whence, 'settings.get', {})
    if (lastEntry === null) return false
    const { entry } = await askHost<{ entry: { completion: string } }>(whence, 'history.open', { id: lastEntry })
    return entry.completion === shown
  })
}

/** Waits until the host knows these settings. */
export async function settled({ whence }: Pick<Stage<BrowserWhence>, 'whence'>, wanted: Partial<Settings>): Promise<void> {
  await until('the settings are remembered', async () => {
    const settings: Partial<Record<string, unknown>> = await askHost(whence, 'settings.get', {})
    return Object.entries(wanted).every(([name, value]) => settings[name] === value)
  })
}
