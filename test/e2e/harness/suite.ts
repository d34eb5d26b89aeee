import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import type { BrowserWhence } from './browser-driver.ts'
import { launchInBrowser } from './browser-driver.ts'
import { electronMissing, launchInElectron } from './electron-driver.ts'
import { View } from './window.ts'
import type { Launch, Whence } from './whence.ts'

/** The app under test and what is seen in its window. */
export interface Stage<Driven extends Whence = Whence> {
  readonly whence: Driven
  /** The window in front. */
  readonly view: View
}

/** Tests of what only the browser host has, on one running app, in their order. */
export function describeWhence(title: string, define: (stage: Stage<BrowserWhence>) => void, launch: Launch = {}): void {
  describe(title, () => onOneApp(() => launchInBrowser(launch), define))
}

/** Tests of what every host has: in the browser, and on the desktop where there is one; where there is none they are skipped and say so. */
export function describeEverywhere(title: string, define: (stage: Stage) => void): void {
  describe(`${title}, in the browser`, () => onOneApp(() => launchInBrowser(), define))
  const missing = electronMissing()
  describe(`${title}, on the desktop`, () => {
    if (missing === null) onOneApp(() => launchInElectron(), define)
    else {
      beforeEach((context) => context.skip(missing))
      define(nowhere)
    }
  })
}

/**
 * After each test the pages must have been silent: no error, no warning, no violation of the content policy; a test that provokes some takes them
 * back with `whence.complaints.forgive`.
 */
function onOneApp<Driven extends Whence>(launch: () => Promise<Driven>, define: (stage: Stage<Driven>) => void): void {
  let whence: Driven | null = null
  const running = (): Driven => {
    if (whence === null) throw new Error('the app could not be started')
    return whence
  }
  beforeAll(async () => {
    whence = await launch()
  })
  afterAll(async () => whence?.close())
  afterEach(() => {
    const complaints = running().complaints.all()
    running().complaints.forgive(/(?:)/)
    expect(complaints).toEqual([])
  })
  define({
    get whence() {
      return running()
    },
    get view() {
      return new View(running().page)
    },
  })
}

const nowhere: Stage = {
  get whence(): never {
    throw new Error('the app is not started here')
  },
  get view(): never {
    throw new Error('the app is not started here')
  },
}
