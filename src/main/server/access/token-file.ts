import { rm, writeFile } from 'node:fs/promises'

/** Writes a secret to a file that its owner alone can read. What lay there is removed first, because a file keeps the mode it was made with. */
export async function writeTokenFile(path: string, token: string): Promise<void> {
  await rm(path, { force: true })
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
}
