/** `node scripts/pack/check-fuses.ts [PROGRAM...]`: reads the fuses back from packaged programs, by default all that lie in `dist`. */
import { globSync } from 'node:fs'
import { readFuses, wrongFuses } from './read-fuses.ts'

const places = ['dist/*-unpacked/{whence,Whence.exe}', 'dist/mac*/Whence.app']
const programs = process.argv.length > 2 ? process.argv.slice(2) : globSync(places)

if (programs.length === 0) {
  console.error('There is no packaged program in dist.')
  process.exitCode = 1
}
for (const program of programs) {
  const wrong = wrongFuses(await readFuses(program))
  console.log(`${program}: ${wrong.length === 0 ? 'every fuse is as it should be' : `wrong: ${wrong.join(', ')}`}`)
  if (wrong.length > 0) process.exitCode = 1
}
