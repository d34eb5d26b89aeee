import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import type { Driver, Launch } from './driver.ts'
import { electronBinary } from './electron-binary.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Starts the built app in the real Electron, by Playwright. @throws where there is no binary */
export async function launchElectron({ profile, files = [] }: Launch): Promise<Driver> {
  const executablePath = electronBinary()
  if (executablePath === null) throw new Error('there is no Electron binary')
  const args = [...sandboxSwitches(), root, `--profile=${profile}`, ...files]
  const application = await _electron.launch({ executablePath, args })
  const window = await application.firstWindow()
  return {
    main: (run, argument) => application.evaluate(run as never, argument) as never,
    page: (run, argument) => window.evaluate(run as never, argument) as never,
    startAgain: async (again) => {
      const second = spawn(executablePath, [...sandboxSwitches(), root, `--profile=${profile}`, ...again], { stdio: 'ignore' })
      const [code] = (await once(second, 'exit')) as [number | null]
      return code
    },
    close: () => application.close(),
  }
}

/** Chromium refuses its sandbox to root, as whom some test machines run. The product never passes this; a test says so. */
function sandboxSwitches(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
