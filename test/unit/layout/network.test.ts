import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const opens =
  /(?:from|import|require)\s*\(?\s*['"](?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|ws|undici|inspector)['"]|\b(?:fetch|WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|sendBeacon)\s*\(/
const homes = [join('src', 'main', 'server') + sep, join('src', 'renderer', 'host') + sep]

describe('the promise that Whence opens no connection', () => {
  it('is kept by the text itself: what could open one stands in two folders', async () => {
    const names = await readdir('src', { recursive: true })
    const files = names.map((name) => join('src', name)).filter((path) => /\.(ts|tsx)$/.test(path))
    expect(files.length).toBeGreaterThan(100)
    const texts = await Promise.all(files.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))
    const found = texts.filter(({ text }) => opens.test(text)).map(({ path }) => path)
    expect(found.length).toBeGreaterThan(2)
    expect(found.filter((path) => !homes.some((home) => path.startsWith(home)))).toEqual([])
  })
})
