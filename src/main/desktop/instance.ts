import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** What a second start hands to the first. */
interface SecondStart {
  readonly files: readonly string[]
}

/**
 * Makes this the one app of a profile. Chromium's own files go to a folder of their own, so that the profile is as other hosts know it.
 * @param files pictures this start was to open; the first app gets them if there is one
 * @returns whether this is the first; otherwise the app is ending and the profile must not be touched
 */
export function claimInstance(profile: string, files: readonly string[]): boolean {
  takePlace(profile)
  const first = app.requestSingleInstanceLock({ files } satisfies SecondStart)
  if (!first) app.exit(0)
  return first
}

/** A folder that cannot be made leaves Chromium at its own place; the storage then says what is wrong with the profile. */
function takePlace(profile: string): void {
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
  } catch {
    return
  }
  app.setPath('userData', profile)
  app.setPath('sessionData', join(profile, 'window'))
}

/** Calls when the app is started again, with the pictures that start was to open. */
export function onSecondStart(listener: (files: readonly string[]) => void): void {
  app.on('second-instance', (_event, _argv, _folder, data) => listener(filesOf(data)))
}

/** Data of another process of the same person: believed in its shape only. */
function filesOf(data: unknown): readonly string[] {
  const files: unknown = typeof data === 'object' && data !== null && 'files' in data ? data.files : []
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : []
}
