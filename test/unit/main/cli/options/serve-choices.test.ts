import { describe, expect, it } from 'vitest'
import { serveChoices } from '../../../../../src/main/cli/options/serve-choices.ts'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'

function refusalOf(given: Parameters<typeof serveChoices>[0]): unknown {
  try {
    serveChoices(given)
    return null
  } catch (error) {
    return failureOf(error)?.code
  }
}

describe('serveChoices', () => {
  it('listens on any free port of this machine', () => {
    expect(serveChoices({})).toEqual({
      address: { kind: 'port', host: '127.0.0.1', port: 0 },
      profile: null,
      models: null,
      publicOrigins: [],
      open: false,
    })
  })

  it.each(['0.0.0.0', '::', '192.168.0.1', ''])('does not listen on %s', (host) => {
    expect(refusalOf({ host })).toBe('address-refused')
  })

  it.each([
    [{ socket: 'x', port: 1 }],
    [{ socket: 'x', host: 'localhost' }],
    [{ socket: 'x', open: true }],
    [{ publicOrigin: 'localhost:9999' }],
  ])('refuses %o', (given) => {
    expect(refusalOf(given)).toBe('option-invalid')
  })
})
