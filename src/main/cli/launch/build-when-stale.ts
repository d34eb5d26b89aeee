import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { newestChange } from './newest-change.ts'

/** Something that is built from sources, in a checkout. Paths are relative to the package's folder. */
interface Build {
  /** A file that building writes. */
  readonly product: string
  readonly sources: readonly string[]
  /** What Node is to run. */
  readonly command: readonly string[]
  /** What is being built, for the person who waits. */
  readonly what: string
}

/** The pages of the app. */
export const rendererBuild: Build = {
  product: 'out/renderer/index.html',
  sources: ['src/renderer', 'src/shared', 'renderer.vite.config.ts'],
  command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'renderer.vite.config.ts', '--logLevel', 'warn'],
  what: 'the window’s pages',
}

/** The desktop app, pages included. */
export const desktopBuild: Build = {
  product: 'out/main/index.js',
  sources: ['src', 'electron.vite.config.ts', 'renderer.vite.config.ts'],
  command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  what: 'the app',
}

/**
 * Builds what is missing or older than its sources. An installed Whence has no sources and is taken as it is.
 * @param root the package's folder
 * @param stderr where building may say something
 */
export async function buildWhenStale(root: string, build: Build, stderr: NodeJS.WritableStream): Promise<void> {
  const sources = await newestChange(build.sources.map((source) => join(root, source)))
  if (sources <= (await newestChange([join(root, build.product)]))) return
  stderr.write(`building ${build.what}\n`)
  const [script = '', ...rest] = build.command
  const child = spawn(process.execPath, [join(root, script), ...rest], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  // The standard output of the command belongs to its one line.
  child.stdout.pipe(stderr, { end: false })
  child.stderr.pipe(stderr, { end: false })
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0) throw new Error(`${build.what} could not be built`)
}
