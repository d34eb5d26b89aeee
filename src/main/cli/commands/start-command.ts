import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { buildWhenStale, desktopBuild } from '../launch/build-when-stale.ts'
import { desktopProgram } from '../launch/desktop-program.ts'
import type { Terminal } from '../terminal.ts'
import type { AppPlacesChoice } from '../options/serve-choices.ts'
import { serveChoices } from '../options/serve-choices.ts'
import { serveCommand } from './serve-command.ts'

/** Opens the desktop app, or where its program cannot be had the same app in a browser; says which and why. */
export async function startCommand(places: AppPlacesChoice, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const program = await desktopProgram(terminal.root, terminal.env)
  if (program.kind === 'program') return openDesktop(program.path, places, terminal, signal)
  terminal.stderr.write(
    `The desktop app cannot be opened: ${program.reason}. Opening Whence in a browser instead; Ctrl-C ends it.\n`,
  )
  await serveCommand({ ...serveChoices({ open: true }), ...places }, terminal, signal)
}

async function openDesktop(
  program: string,
  { profile, models }: AppPlacesChoice,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  await buildWhenStale(terminal.root, desktopBuild, terminal.stderr)
  const given = [...(profile === null ? [] : [`--profile=${profile}`]), ...(models === null ? [] : [`--models=${models}`])]
  const child = spawn(program, [join(terminal.root, 'out', 'main', 'index.js'), ...given], { stdio: 'inherit' })
  signal.addEventListener('abort', () => child.kill(), { once: true })
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0 && !signal.aborted) throw new Error(`the desktop app ended with status ${status ?? 'none'}`)
}
