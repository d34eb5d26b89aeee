import { getCurrentFuseWire } from '@electron/fuses'
import { fusePlaces, fuses } from './fuses.ts'

/** How a fuse is written in the program: the characters 0 and 1. */
const states = { off: 48, on: 49 } as const

/** What a packaged program says of each fuse; `null` where it has no such fuse, or gives it up to Electron. */
export type ReadFuses = Readonly<Record<keyof typeof fuses, boolean | null>>

/** Reads the fuses of a packaged program. @throws when it is no Electron */
export async function readFuses(program: string): Promise<ReadFuses> {
  const wire = await getCurrentFuseWire(program)
  const read = (place: keyof typeof fuses): boolean | null => {
    const state = wire[fusePlaces[place]]
    if (state === undefined) return null
    return (state as number) === states.on ? true : (state as number) === states.off ? false : null
  }
  return Object.fromEntries(names().map((name) => [name, read(name)])) as ReadFuses
}

/** Names of the fuses that are not as the table wants them. */
export function wrongFuses(read: ReadFuses): readonly string[] {
  return names().filter((name) => read[name] !== fuses[name])
}

function names(): readonly (keyof typeof fuses)[] {
  return Object.keys(fuses) as (keyof typeof fuses)[]
}
