import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopProgram } from '../../../../../src/main/cli/launch/desktop-program.ts'

let root: string
const display = { DISPLAY: ':0' }

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'whence-root-'))
  await mkdir(join(root, 'node_modules', 'electron', 'dist'), { recursive: true })
})
afterEach(async () => {
  await rm(root, { recursive: true })
})

/** Lays down what Electron's package lays down when it fetches its program. */
async function install(folder = join(root, 'node_modules', 'electron', 'dist')): Promise<string> {
  await writeFile(join(root, 'node_modules', 'electron', 'path.txt'), 'electron')
  const path = join(folder, 'electron')
  await writeFile(path, '')
  await chmod(path, 0o755)
  return path
}

describe('desktopProgram', () => {
  it('is there once it was fetched', async () => {
    const path = await install()
    expect(await desktopProgram(root, display, 'linux')).toEqual({ kind: 'program', path })
  })

  it('is looked for elsewhere when the person says so', async () => {
    const path = await install(root)
    expect(await desktopProgram(root, { ...display, ELECTRON_OVERRIDE_DIST_PATH: root }, 'linux')).toEqual({
      kind: 'program',
      path,
    })
  })

  it('is missing when only its package is there, or only a part of it', async () => {
    expect(await desktopProgram(root, display, 'linux')).toMatchObject({ kind: 'none' })
    await writeFile(join(root, 'node_modules', 'electron', 'path.txt'), 'electron')
    expect(await desktopProgram(root, display, 'linux')).toMatchObject({ kind: 'none' })
  })

  it('needs a display on Linux', async () => {
    const path = await install()
    expect(await desktopProgram(root, {}, 'linux')).toEqual({ kind: 'none', reason: 'there is no display' })
    expect(await desktopProgram(root, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual({ kind: 'program', path })
    expect(await desktopProgram(root, {}, 'darwin')).toEqual({ kind: 'program', path })
  })
})
