import { element } from './element.ts'

/** Random numbers in [0, 1), one after the other. */
export type Random = () => number

/**
 * Random numbers that depend on the seed alone, the same on every platform: Chris Doty-Humphrey's sfc32 (PractRand), its state begun with the seed's
 * low and high 32 bits and stirred as its author advises. 32 bits of chance in each number.
 * @param seed any safe integer
 */
export function seededRandom(seed: number): Random {
  const state = { a: 0, b: seed | 0, c: Math.floor(seed / 2 ** 32) | 0, counter: 1 }
  for (let round = 0; round < 15; round++) nextBits(state)
  return () => nextBits(state) / 2 ** 32
}

interface State {
  a: number
  b: number
  c: number
  counter: number
}

/** One step of sfc32: 32 unsigned bits. */
function nextBits(state: State): number {
  const sum = (state.a + state.b + state.counter) | 0
  state.counter = (state.counter + 1) | 0
  state.a = state.b ^ (state.b >>> 9)
  state.b = (state.c + (state.c << 3)) | 0
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0
  return sum >>> 0
}

/** The numbers 0 to length - 1 in a random order, the same for the same seed; every order is equally likely (Fisher and Yates). */
export function randomOrder(length: number, seed: number): number[] {
  const random = seededRandom(seed)
  const order = Array.from({ length }, (_, place) => place)
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const moved = element(order, last)
    order[last] = element(order, other)
    order[other] = moved
  }
  return order
}
