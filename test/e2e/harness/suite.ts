import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import type { BrowserWhence } from './browser-driver.ts'
import { launchInBrowser } from './browser-driver.ts'
import { View } from './window.ts'
import type { Launch } from './whence.ts'

/** The app under test and what is seen in its window. */
export interface Stage {
  readonly whence: BrowserWhence
  /** The window in front. */
  readonly view: View
}

/**
 * Tests on one running app, in their order. After each the pages must have been silent: no error, no warning, no violation of the content policy;
 * a test that provokes some takes them back with `whence.complaints.forgive`.
 */
export function describeWhence(title: string, define: (stage: Stage) => void, launch: Launch = {}): void {
  describe(title, () => {
    let whence: BrowserWhence | null = null
    const running = (): BrowserWhence => {
      if (whence === null) throw new Error('the app could not be started')
      return whence
    }
    beforeAll(async () => {
      whence = await launchInBrowser(launch)
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
  })
}
