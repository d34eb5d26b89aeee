import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../../../src/shared/contract/default-settings.ts'
import type { KeyValueStore } from '../../../../../src/main/storage/library/key-value-store.ts'
import { settingsOver } from '../../../../../src/main/storage/library/settings-store.ts'

/** A memory that holds this under `settings`. */
function holding(json: string | null) {
  const kept = new Map(json === null ? [] : [['settings', json]])
  const keyValues = {
    recall: (name: string) => kept.get(name) ?? null,
    remember: (name: string, value: string) => void kept.set(name, value),
  } as unknown as KeyValueStore
  return { keyValues, kept }
}

describe('settingsOver', () => {
  it('begins with the defaults, and spoils nothing by it', () => {
    const { store, spoilt } = settingsOver(holding(null).keyValues)
    expect([store.get(), spoilt]).toEqual([defaultSettings, false])
  })

  it('takes every setting that is valid by itself, and says when one was not', () => {
    const { store, spoilt } = settingsOver(holding('{"opacity":2,"smooth":true,"unknown":1}').keyValues)
    expect([store.get(), spoilt]).toEqual([{ ...defaultSettings, smooth: true }, true])
  })

  it('is spoilt when what was kept is no object', () => {
    expect(settingsOver(holding('[1').keyValues).spoilt).toBe(true)
    expect(settingsOver(holding('7').keyValues).spoilt).toBe(true)
  })

  it('keeps a change, leaves the rest, and refuses what the schema refuses', () => {
    const { keyValues } = holding(null)
    const { store } = settingsOver(keyValues)
    expect(store.set({ opacity: 0.5, smooth: undefined })).toEqual({ ...defaultSettings, opacity: 0.5 })
    expect(() => store.set({ opacity: 7 })).toThrow()
    expect(settingsOver(keyValues).store.get().opacity).toBe(0.5)
  })
})
