import { existsSync, renameSync } from 'node:fs'

/** A database consists of three files; the second and third are there while it is open and after a crash. */
const endings = ['', '-wal', '-shm']

/**
 * Renames a damaged database with all its files to `<name>.corrupt-<time>`, so that nothing is lost and a new one can take its place.
 * @param now milliseconds since 1970
 * @returns the new path of the database itself
 */
export function setAside(path: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-')
  const place = freePlace(`${path}.corrupt-${time}`)
  for (const ending of endings) if (existsSync(path + ending)) renameSync(path + ending, place + ending)
  return place
}

function freePlace(wanted: string): string {
  let place = wanted
  for (let count = 2; endings.some((ending) => existsSync(place + ending)); count++) place = `${wanted}-${count}`
  return place
}
