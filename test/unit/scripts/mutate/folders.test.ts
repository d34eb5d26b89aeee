import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { foldersIn, mutatedFolders } from '../../../../scripts/mutate/folders.ts'

const names = (...places: string[]) => foldersIn(places).map(({ folder }) => folder)

describe('foldersIn', () => {
  it('are all when nothing is asked for, and all of them exist', () => {
    expect(foldersIn([])).toEqual(mutatedFolders)
    expect(mutatedFolders.filter(({ folder }) => !existsSync(folder))).toEqual([])
  })
  it('are those in a place, also with a slash at its end', () => {
    expect(names('src/shared/colour/', 'src/main/engine')).toEqual(['src/shared/colour', 'src/main/engine/explain'])
    expect(names('src/shared')).toEqual(names().filter((folder) => folder.startsWith('src/shared/')))
  })
  it('narrow down to a file, with its folder’s threshold and tests', () => {
    const [colour] = foldersIn(['src/shared/colour'])
    expect(foldersIn(['src/shared/colour/ramp.ts'])).toEqual([{ ...colour, folder: 'src/shared/colour/ramp.ts' }])
  })
  it('refuse a place that holds none, and one whose name only begins alike', () => {
    expect(() => names('src/renderer')).toThrow('src/renderer is in no mutated folder')
    expect(() => names('src/shared/colours')).toThrow('src/shared/colours is in no mutated folder')
  })
})
