/** What the browser's page reaches the host with; tests bring their own. */
export interface Surroundings {
  /** Origin of the page, and of the host. */
  readonly origin: string
  readonly fetch: typeof globalThis.fetch
  /** Opens a WebSocket. */
  readonly openSocket: (address: string, protocols: readonly string[]) => WebSocket
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>
}

/** The surroundings of a real page. */
export function pageSurroundings(page: Window): Surroundings {
  return {
    origin: page.location.origin,
    fetch: (input, init) => page.fetch(input, init),
    openSocket: (address, protocols) => new WebSocket(address, [...protocols]),
    wait: (milliseconds) => new Promise((resolve) => page.setTimeout(resolve, milliseconds)),
  }
}
