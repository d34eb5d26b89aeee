import { describe, expect, it } from 'vitest'
import { connect } from '../../../../src/renderer/host/connect.ts'

const page = {
  location: { hash: '', pathname: '/', search: '', origin: 'http://127.0.0.1:1' },
  sessionStorage: { getItem: () => null },
}

describe('connect', () => {
  it('takes the desktop when its preload has been there', () => {
    const host = connect({ ...page, whence: {} })
    expect([host.kind, host.capabilities.native]).toEqual(['electron', true])
  })

  it('takes the browser host otherwise, which has no dialogs of the system', () => {
    const host = connect(page)
    expect([host.kind, host.capabilities.native]).toEqual(['browser', false])
  })
})
