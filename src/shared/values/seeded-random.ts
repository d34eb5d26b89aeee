/**
 * Random numbers in [0, 1) that are the same for the same seed on every machine (the public-domain generator mulberry32, period 2^32). Good enough for
 * baselines and orders, not for secrets. The state lives in the returned function alone.
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The numbers 0 to length - 1 in a random order, the same for the same seed; every order is equally likely (Fisher and Yates). */
export function randomOrder(length: number, seed: number): number[] {
  const random = seededRandom(seed)
  const order = Array.from({ length }, (_, place) => place)
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  return order
}
