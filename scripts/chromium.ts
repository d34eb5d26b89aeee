/**
 * `npm run chromium`: sees to it that there is a Chromium for the end-to-end tests. As root on Debian or Ubuntu one is installed with `apt-get`;
 * elsewhere the person is told what to do.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Environment variable that names the browser to be used. */
const variable = 'WHENCE_CHROMIUM'

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const otherPlaces = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Path of a Chromium on this machine: the one `WHENCE_CHROMIUM` names, else the first known one; `null` when there is none. */
export function findChromium(): string | null {
  const named = process.env[variable]
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = [...folders.flatMap((folder) => commands.map((command) => join(folder, command))), ...otherPlaces]
  return places.find((place) => existsSync(place)) ?? null
}

/** What a person is told who has none. */
export const chromiumMissing = `The end-to-end tests need Chromium, and none was found: install it (Debian: apt-get install chromium), or name one in ${variable}.`

function install(): void {
  const root = process.getuid?.() === 0
  if (!root || !existsSync('/usr/bin/apt-get')) return
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment })
    if (status !== 0) return
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (findChromium() === null) install()
  const found = findChromium()
  console.log(found ?? chromiumMissing)
  process.exitCode = found === null ? 1 : 0
}
