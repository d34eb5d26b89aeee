import type { DesktopNews } from '../../../shared/contract/desktop.ts'

/** What is used of Electron's `MessagePortMain`. */
interface NewsPort {
  postMessage(message: DesktopNews): void
  start(): void
  close(): void
  once(event: 'close', listener: () => void): unknown
}

/** News for a page: kept until the page listens, so that nothing published early is lost. */
export class News {
  #waiting: DesktopNews[] = []
  #port: NewsPort | null = null

  /** Sends to the page, now or as soon as it listens. */
  publish(news: DesktopNews): void {
    if (this.#port === null) this.#waiting.push(news)
    else this.#port.postMessage(news)
  }

  /** A page listens, perhaps a new one after a reload: it takes the place of the one before. */
  listen(port: NewsPort): void {
    this.#port?.close()
    this.#port = port
    port.once('close', () => {
      if (this.#port === port) this.#port = null
    })
    port.start()
    for (const news of this.#waiting.splice(0)) port.postMessage(news)
  }
}
