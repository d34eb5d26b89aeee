import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What the app was started with. */
export interface LaunchOptions {
  /** Folder for everything the app keeps; `null` for the system's place. */
  readonly profile: string | null
  /** Folder of more models beside those that come with the app. */
  readonly models: string | null
  /** Pictures to open, as absolute paths. */
  readonly files: readonly string[]
}

/**
 * Reads the arguments after the program's own. What it does not know is left to Chromium, which takes switches of its own.
 * @param folder where relative paths begin
 */
export function launchOptions(given: readonly string[], folder: string): LaunchOptions {
  const { values, positionals } = parseArgs({
    args: [...given],
    options: { profile: { type: 'string' }, models: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const place = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? resolve(folder, value) : null)
  return {
    profile: place(values.profile),
    models: place(values.models),
    files: positionals.map((file) => resolve(folder, file)),
  }
}
