import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cacheFolder } from '../../../../src/main/files/cache-folder.ts'

describe('cacheFolder', () => {
  it.each([
    ['linux', {}, join(homedir(), '.cache', 'whence')],
    ['linux', { XDG_CACHE_HOME: '/cache' }, join('/cache', 'whence')],
    ['linux', { XDG_CACHE_HOME: 'relative' }, join(homedir(), '.cache', 'whence')],
    ['darwin', {}, join(homedir(), 'Library', 'Caches', 'Whence')],
    ['win32', { LOCALAPPDATA: 'C:\\Local' }, join('C:\\Local', 'Whence', 'Cache')],
    ['linux', { WHENCE_CACHE: '/elsewhere' }, '/elsewhere'],
    ['linux', { WHENCE_CACHE: '' }, null],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(cacheFolder(env, platform)).toBe(folder)
  })
})
