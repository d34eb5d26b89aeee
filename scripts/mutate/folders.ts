/** A folder whose tests are held against mutants of its code. */
export interface MutatedFolder {
  /** Path from the repository root. */
  readonly folder: string
  /** Least share of its mutants that tests must kill, in per cent. */
  readonly least: number
  /** Files of the tests that may kill them; of these only those run that import a mutated file. */
  readonly tests: readonly string[]
}

const pure = ['test/unit/shared/**/*.test.ts']
// Tests of memory and of the cache on disk take minutes on instrumented code and kill nothing of their own.
const graph = ['test/unit/main/graph/**/!(inspect-memory|rewrite-cache).test.ts']
const engine = ['test/unit/main/engine/**/*.test.ts', 'test/unit/main/app/**/*.test.ts']

/** The folders of `npm run mutate`, in its order. */
export const mutatedFolders: readonly MutatedFolder[] = [
  { folder: 'src/shared/values', least: 85, tests: pure },
  { folder: 'src/shared/sequence', least: 85, tests: pure },
  { folder: 'src/shared/explanation', least: 85, tests: pure },
  { folder: 'src/shared/atman', least: 85, tests: pure },
  { folder: 'src/shared/metrics', least: 85, tests: pure },
  { folder: 'src/shared/colour', least: 85, tests: pure },
  { folder: 'src/main/graph', least: 75, tests: graph },
  { folder: 'src/main/engine/explain', least: 75, tests: engine },
]

/**
 * The mutated folders that lie in the places asked for, or hold them; a place inside a folder narrows it down. All of them when nothing is asked for.
 * @throws RangeError with a place in no mutated folder
 */
export function foldersIn(places: readonly string[]): MutatedFolder[] {
  if (places.length === 0) return [...mutatedFolders]
  return places.map(withoutSlash).flatMap((place) => {
    const found = mutatedFolders.filter(({ folder }) => within(folder, place))
    const holder = mutatedFolders.find(({ folder }) => within(place, folder))
    if (found.length === 0 && holder === undefined) throw new RangeError(`${place} is in no mutated folder`)
    return found.length > 0 || holder === undefined ? found : [{ ...holder, folder: place }]
  })
}

function withoutSlash(place: string): string {
  return place.replace(/\/$/, '')
}

function within(place: string, folder: string): boolean {
  return place === folder || place.startsWith(`${folder}/`)
}
