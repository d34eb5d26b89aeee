import { fc, it as law } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { fitted, fittedBox, panned, toPicture, zoomed } from '../../../../../src/renderer/features/image/camera.ts'

const length = fc.integer({ min: 20, max: 5000 })
const size = fc.record({ width: length, height: length })
const picture = { width: 400, height: 200 }
const window = { width: 840, height: 640 }

describe('fitted', () => {
  law.prop([size, size])('shows all of the picture, in the middle, inside the margin', (shown, room) => {
    const { scale, x, y } = fitted(shown, room, 5)
    expect(shown.width * scale).toBeLessThanOrEqual(room.width - 10 + 1e-6)
    expect(shown.height * scale).toBeLessThanOrEqual(room.height - 10 + 1e-6)
    expect(x * 2 + shown.width * scale).toBeCloseTo(room.width, 4)
    expect(y * 2 + shown.height * scale).toBeCloseTo(room.height, 4)
  })
})

describe('fittedBox', () => {
  it('puts the middle of the box into the middle of the window', () => {
    const view = fittedBox({ left: 100, top: 0, width: 200, height: 200 }, window, 20)
    expect(toPicture(view, { x: 420, y: 320 })).toEqual({ x: 200, y: 100 })
    expect(view.scale).toBe(3)
  })
})

describe('zoomed', () => {
  const fit = fitted(picture, window, 20)

  law.prop([fc.integer({ min: 0, max: 840 }), fc.integer({ min: 0, max: 640 }), fc.double({ min: 1.1, max: 8, noNaN: true })])(
    'keeps the point under the pointer where it is',
    (x, y, factor) => {
      const before = toPicture(fit, { x, y })
      const after = toPicture(zoomed(fit, { x, y }, factor, fit), { x, y })
      expect(after.x).toBeCloseTo(before.x, 6)
      expect(after.y).toBeCloseTo(before.y, 6)
    },
  )

  it('does not go below the fitted size, nor on for ever', () => {
    expect(zoomed(fit, { x: 5, y: 5 }, 0.1, fit)).toEqual(fit)
    expect(zoomed(fit, { x: 5, y: 5 }, 1e6, fit).scale).toBe(fit.scale * 16)
  })
})

describe('panned', () => {
  law.prop([fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -9000, max: 9000 })])('never loses the picture', (x, y) => {
    const view = panned({ scale: 4, x: 0, y: 0 }, { x, y }, picture, window)
    const corner = toPicture(view, { x: 0, y: 0 })
    const opposite = toPicture(view, { x: window.width, y: window.height })
    expect(corner.x).toBeLessThan(picture.width)
    expect(opposite.x).toBeGreaterThan(0)
    expect(corner.y).toBeLessThan(picture.height)
    expect(opposite.y).toBeGreaterThan(0)
  })
})
