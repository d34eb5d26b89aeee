import { expect, it } from 'vitest'
import { lastOf } from '../../../../../src/main/engine/explain/last-of.ts'

it('runs a generator to its end and gives what it returns', async () => {
  const seen: number[] = []
  async function* counting(): AsyncGenerator<number, string> {
    for (const step of [1, 2]) {
      seen.push(step)
      yield await Promise.resolve(step)
    }
    return 'end'
  }
  expect(await lastOf(counting())).toBe('end')
  expect(seen).toEqual([1, 2])
})
