import type { BrowserContext, Page } from 'playwright-core'

/** What went wrong in pages: errors on the console, errors that nobody caught, violations of the content policy. */
export interface Complaints {
  /** Everything so far. */
  all(): readonly string[]
  /** Forgets those that a test provoked. @returns those that remain */
  forgive(expected: RegExp): readonly string[]
}

/** Listens to every page of a context. */
export function listenToComplaints(context: BrowserContext): Complaints {
  let heard: string[] = []
  const listen = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') heard.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => heard.push(`error: ${error.message}`))
    page.on('crash', () => heard.push('crash'))
  }
  context.pages().forEach(listen)
  context.on('page', listen)
  return {
    all: () => heard,
    forgive: (expected) => (heard = heard.filter((complaint) => !expected.test(complaint))),
  }
}
