import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { DesktopNews } from '../../../../../src/shared/contract/desktop.ts'
import { News } from '../../../../../src/main/desktop/window/news.ts'

/** A port that keeps what was sent to it. */
class FakePort extends EventEmitter {
  readonly sent: unknown[] = []
  postMessage = (message: unknown): void => void this.sent.push(message)
  start = (): void => {}
  close = (): void => void this.emit('close')
}

const listen = (news: News): FakePort => {
  const port = new FakePort()
  news.listen(port)
  return port
}

const command = (name: 'find' | 'export'): DesktopNews => ({ kind: 'command', command: name })

describe('News', () => {
  it('waits until a page listens, keeps its order, and is sent at once afterwards', () => {
    const news = new News()
    news.publish(command('find'))
    const port = listen(news)
    news.publish(command('export'))
    expect(port.sent).toEqual([command('find'), command('export')])
  })

  it('goes to the page that listened last, and waits again when that one goes away', () => {
    const news = new News()
    const old = listen(news)
    const reloaded = listen(news)
    news.publish(command('find'))
    reloaded.close()
    news.publish(command('export'))
    expect([old.sent, reloaded.sent, listen(news).sent]).toEqual([[], [command('find')], [command('export')]])
  })
})
