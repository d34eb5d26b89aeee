import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { chromiumMissing, findChromium } from '../../../scripts/chromium.ts'

/** Name that leads to this machine in the tests' browser, as a hostile site can make its own name do. */
export const rebound = 'evil.example'

/** The sandbox of Chromium does not work for root; the product never starts a browser with this. */
const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Starts the tests' browser. */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error(chromiumMissing)
  return chromium.launch({
    executablePath,
    headless: true,
    // Playwright would add the flag by itself; it is to be seen here when it is needed, and nowhere else.
    chromiumSandbox: forRoot.length === 0,
    args: [
      ...forRoot,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${rebound} 127.0.0.1`,
    ],
  })
}
