import { describe, expect, it } from 'vitest'
import { takeToken } from '../../../../src/renderer/host/token.ts'

/** A page at this address, with a tab that keeps things. */
function pageAt(hash: string, kept = new Map<string, string>()) {
  const shown: string[] = []
  const page = {
    location: { hash, pathname: '/', search: '?safe=1' },
    history: {
      replaceState: (_state: unknown, _title: string, address?: string | URL | null) => void shown.push(String(address)),
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  }
  return { page, shown, kept }
}

describe('takeToken', () => {
  it('takes the token out of the address and keeps it for a reload', () => {
    const first = pageAt('#token=a-b_C9')
    expect(takeToken(first.page)).toBe('a-b_C9')
    expect(first.shown).toEqual(['/?safe=1'])
    expect(takeToken(pageAt('', first.kept).page)).toBe('a-b_C9')
  })

  it('prefers the address to what was kept: the host was started again', () => {
    const old = pageAt('#token=old')
    takeToken(old.page)
    expect(takeToken(pageAt('#token=new', old.kept).page)).toBe('new')
  })

  it('is empty when no token was ever given, and leaves the address alone', () => {
    const { page, shown } = pageAt('#elsewhere')
    expect(takeToken(page)).toBe('')
    expect(shown).toEqual([])
  })
})
