import { element } from '../../shared/values/element.ts'

/** Runs every measurement once per round, in turn, after a round that does not count, and gives the median time of each in seconds. */
export async function interleave<Name extends string>(
  rounds: number,
  measured: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(measured) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const seconds = await timeOf(measured[name])
      if (round >= 0) times[name].push(seconds)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = element(sorted, middle)
  return sorted.length % 2 === 1 ? upper : (element(sorted, middle - 1) + upper) / 2
}
