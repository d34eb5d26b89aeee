import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'

/**
 * Opens an address that holds a secret in the person's browser. The address goes through a file that its owner alone can read: arguments of
 * programs are seen by everybody on the machine.
 * @param file where to write it; the caller removes it in the end
 * @returns whether there is a program that opens browsers
 */
export async function openBrowser(address: string, file: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  await rm(file, { force: true })
  await writeFile(file, redirection(address), { mode: 0o600, flag: 'wx' })
  const [program, ...given] = opener(platform)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const child = spawn(program, [...given, file], { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('error', () => resolve(false))
  child.once('spawn', () => resolve(true))
  child.unref()
  return promise
}

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  return platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
}

/** A page that leads on. An address made of an origin and a token needs no escaping. */
function redirection(address: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Whence</title><meta http-equiv="refresh" content="0; url=${address}"><a href="${address}">Open Whence</a>\n`
}
