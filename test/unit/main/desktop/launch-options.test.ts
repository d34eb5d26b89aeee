import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launchOptions } from '../../../../src/main/desktop/launch-options.ts'

const folder = resolve('/here')

describe('launchOptions', () => {
  it('has pictures, profile and models as absolute paths', () => {
    expect(launchOptions(['a.png', '--profile', 'mine', '--models=more', 'b/c.png'], folder)).toEqual({
      profile: resolve(folder, 'mine'),
      models: resolve(folder, 'more'),
      files: [resolve(folder, 'a.png'), resolve(folder, 'b/c.png')],
    })
  })

  it('leaves to Chromium what it does not know', () => {
    expect(launchOptions(['--no-zygote', '--lang=de', '-psn_0_12345', 'a.png'], folder)).toEqual({
      profile: null,
      models: null,
      files: [resolve(folder, 'a.png')],
    })
  })

  it('takes an option without a value for none', () => {
    expect(launchOptions(['--profile'], folder).profile).toBe(null)
    expect(launchOptions(['--profile='], folder).profile).toBe(null)
  })
})
