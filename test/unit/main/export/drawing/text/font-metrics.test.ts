import { describe, expect, it } from 'vitest'
import { openTypeface } from '../../../../../../src/main/export/drawing/text/typeface.ts'
import { fitted } from '../../../../../../src/main/export/drawing/text/lettering.ts'

const typeface = await openTypeface('resources/fonts')
const { regular, semibold } = typeface.metrics

describe('fontMetrics', () => {
  it('grows with the size', () => {
    expect(regular.width('lion', 26)).toBeCloseTo(2 * regular.width('lion', 13), 9)
  })

  it('adds up the characters of a line', () => {
    expect(regular.width('ab', 16)).toBeCloseTo(regular.width('a', 16) + regular.width('b', 16), 9)
  })

  it('knows that a W is wider than an i, and bold than regular', () => {
    expect(regular.width('W', 16)).toBeGreaterThan(3 * regular.width('i', 16))
    expect(semibold.width('lion', 16)).toBeGreaterThan(regular.width('lion', 16))
  })

  it.each(['Zürich, Ελλάδα, дом', '+1.32 nats² · κ ≥ 0.70 −2.1×', '⏎␣⇥…'])('has a shape for everything in %j', (text) => {
    expect(regular.covers(text) && semibold.covers(text)).toBe(true)
  })

  it.each(['中', '😀', 'a😀'])('lacks a shape for something in %j', (text) => {
    expect(regular.covers(text)).toBe(false)
  })
})

describe('fitted', () => {
  it('leaves a short text alone and cuts a long one to the width', () => {
    expect(fitted(typeface, 'lion', { size: 13 }, 100)).toBe('lion')
    const cut = fitted(typeface, 'a very long label indeed', { size: 13 }, 60)
    expect(cut).toMatch(/^a very.*…$/)
    expect(regular.width(cut, 13)).toBeLessThanOrEqual(60)
  })
})
