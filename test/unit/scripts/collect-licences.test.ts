import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collectLicences } from '../../../scripts/collect-licences.ts'
import { root } from '../../helpers/test-model.ts'

const licences = collectLicences(root)

describe('resources/licences.json', () => {
  it('is what scripts/collect-licences.ts makes of the packages as they are: run it after changing them', () => {
    expect(JSON.parse(readFileSync(join(root, 'resources', 'licences.json'), 'utf8'))).toEqual(licences)
  })
  it('has every dependency that package.json names, in its version', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const listed = new Map(licences.map(({ name, version }) => [name, version]))
    for (const [name, version] of Object.entries(dependencies)) expect([name, listed.get(name)]).toEqual([name, version])
  })
  it('has a licence and a text for everything', () => {
    for (const { name, licence, text } of licences) {
      expect([name, licence]).not.toEqual([name, ''])
      expect(text.length).toBeGreaterThan(100)
    }
  })
})
