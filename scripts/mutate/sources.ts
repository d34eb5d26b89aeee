import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The TypeScript files of a folder and those below it, or one file: text by path, as the path given begins. */
export function sourcesOf(place: string): ReadonlyMap<string, string> {
  return new Map(typescriptFiles(place).map((file) => [file, readFileSync(file, 'utf8')]))
}

function typescriptFiles(place: string): string[] {
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(place, name))
}
