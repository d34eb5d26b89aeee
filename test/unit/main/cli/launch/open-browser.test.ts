import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBrowser } from '../../../../../src/main/cli/launch/open-browser.ts'

const address = 'http://127.0.0.1:1/#token=secret'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whence-open-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

describe.skipIf(process.platform === 'win32')('openBrowser', () => {
  it('hands the address over in a file for the owner alone, never as an argument', async () => {
    await writeFile(
      join(folder, 'xdg-open'),
      `#!/bin/sh\nprintf %s "$*" > "${folder}/arguments.part"\nmv "${folder}/arguments.part" "${folder}/arguments"\n`,
    )
    await chmod(join(folder, 'xdg-open'), 0o755)
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`)
    const file = join(folder, 'open.html')
    expect(await openBrowser(address, file, 'linux')).toBe(true)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).toContain(`content="0; url=${address}"`)
    const given = (): Promise<string> => readFile(join(folder, 'arguments'), 'utf8').catch(() => '')
    await expect.poll(given).toBe(file)
  })

  it('says when there is no program for it', async () => {
    vi.stubEnv('PATH', folder)
    expect(await openBrowser(address, join(folder, 'open.html'), 'linux')).toBe(false)
  })
})
