import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../../../src/shared/contract/failure.ts'
import { isLoopback, loopbackHost, originsOfPort, publicOrigin } from '../../../../../src/main/server/access/address.ts'

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return failureOf(error)?.code
  }
}

describe('loopbackHost', () => {
  it.each([
    ['localhost', '127.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
  ])('takes %s as %s', (name, host) => {
    expect(loopbackHost(name)).toBe(host)
  })

  it.each(['0.0.0.0', '192.168.0.1', '::', 'example.org', ''])('refuses %j', (name) => {
    expect(codeOf(() => loopbackHost(name))).toBe('address-refused')
  })
})

describe('publicOrigin', () => {
  it('is scheme, name and port', () => {
    expect(publicOrigin('http://localhost:9999')).toBe('http://localhost:9999')
    expect(publicOrigin('https://box.example:443')).toBe('https://box.example')
  })

  it.each([
    'localhost:9999',
    'http://localhost:9999/path',
    'http://me@localhost',
    'http://*.example',
    'http://box.example.',
    'ftp://box',
  ])('refuses %s', (text) => {
    expect(codeOf(() => publicOrigin(text))).toBe('option-invalid')
  })
})

describe('the own addresses', () => {
  it('have an origin by number, by name and by IPv6', () => {
    expect(originsOfPort(8017)).toEqual(['http://127.0.0.1:8017', 'http://localhost:8017', 'http://[::1]:8017'])
  })

  it.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.example', false],
  ])('%s: %s', (address, own) => {
    expect(isLoopback(address)).toBe(own)
  })
})
