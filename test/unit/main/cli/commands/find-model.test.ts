import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { cacheFolder } from '../../../../../src/main/files/cache-folder.ts'
import { findModel } from '../../../../../src/main/cli/commands/find-model.ts'
import { packageRoot } from '../../../../../src/main/files/package-root.ts'

const root = packageRoot()

describe('packageRoot', () => {
  it('is found from the sources and from the bundled program alike', () => {
    expect(packageRoot(join(root, 'out', 'cli'))).toBe(root)
    expect(root).toBe(process.cwd())
  })
})

describe('findModel', () => {
  it.each([['whence-scenes'], ['./models/whence-scenes'], [join(root, 'models', 'whence-scenes')]])(
    'finds %s',
    async (choice) => {
      expect(await findModel(root, choice)).toBe(join(root, 'models', 'whence-scenes'))
    },
  )

  it.each([['whence-nothing'], ['./package.json'], ['../no/model']])('refuses %s by the name that was given', async (choice) => {
    const error: unknown = await findModel(root, choice).catch((reason: unknown) => reason)
    expect(failureOf(error)).toEqual({ code: 'model-missing', data: { name: choice } })
  })
})

describe('cacheFolder', () => {
  it.each([
    [{ WHENCE_CACHE: '/elsewhere' }, 'linux', '/elsewhere'],
    [{ WHENCE_CACHE: '' }, 'linux', null],
    [{ XDG_CACHE_HOME: '/var/cache' }, 'linux', join('/var/cache', 'whence')],
  ] as const)('%j on %s is %s', (env, platform, folder) => {
    expect(cacheFolder(env, platform)).toBe(folder)
  })

  it('takes no relative XDG_CACHE_HOME, as its specification asks', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: 'here' }, 'linux')).toMatch(/\.cache[\\/]whence$/)
  })
})
