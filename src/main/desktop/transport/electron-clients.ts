import type { WebContents } from 'electron'
import type { Client } from '../../app/handlers.ts'

/** A page that asks, and whether it is still there. */
export interface ElectronClient extends Client {
  /** Aborts when the page goes: it was closed, loaded again, or lost. */
  readonly gone: AbortSignal
}

/** Knows the page behind each window. A page that was loaded again is another client: nobody waits any more for what the one before asked. */
export function electronClients(): (contents: WebContents) => ElectronClient {
  const clients = new Map<number, ElectronClient>()
  return (contents) => {
    const known = clients.get(contents.id)
    if (known !== undefined) return known
    const client = newClient(contents)
    clients.set(contents.id, client)
    client.gone.addEventListener('abort', () => clients.delete(contents.id), { once: true })
    return client
  }
}

function newClient(contents: WebContents): ElectronClient {
  const departure = new AbortController()
  const leave = (): void => {
    contents.off('did-navigate', leave)
    contents.off('render-process-gone', leave)
    contents.off('destroyed', leave)
    departure.abort()
  }
  contents.on('did-navigate', leave)
  contents.on('render-process-gone', leave)
  contents.on('destroyed', leave)
  return { id: crypto.randomUUID(), host: 'electron', gone: departure.signal }
}
