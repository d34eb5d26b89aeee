import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { profileFolder } from '../../../../../src/main/storage/profile/profile-folder.ts'

describe('profileFolder', () => {
  it.each([
    ['linux', {}, join(homedir(), '.local', 'share', 'whence')],
    ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'whence')],
    ['linux', { XDG_DATA_HOME: 'relative' }, join(homedir(), '.local', 'share', 'whence')],
    ['darwin', {}, join(homedir(), 'Library', 'Application Support', 'Whence')],
    ['win32', { APPDATA: 'C:\\Roaming' }, join('C:\\Roaming', 'Whence')],
    ['win32', {}, join(homedir(), 'AppData', 'Roaming', 'Whence')],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(profileFolder(null, env, platform)).toBe(folder)
  })
  it('is the chosen one, made absolute', () => {
    expect(profileFolder('here', {}, 'linux')).toBe(resolve('here'))
  })
})
