import type { Theme } from '../../../shared/colour/ramp.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { exportFormats } from '../../../shared/contract/library.ts'
import type { Asked, GivenQuestion } from '../question/asked.ts'
import { askedOf, checkAsked } from '../question/asked.ts'

/** Formats of the command line: those of the app, and the report of a terminal. */
export const textFormats = [...exportFormats, 'text'] as const
/** One of {@link textFormats}. */
export type TextFormat = (typeof textFormats)[number]

/** Which explanations are wanted: ids of entries and names of files, or the newest entries. */
export type WantedEntries =
  { readonly kind: 'named'; readonly names: readonly string[] } | { readonly kind: 'last'; readonly count: number }

/** What `export` was asked to do. */
export interface ExportChoices {
  readonly entries: WantedEntries
  /** Folder of the library; `null` for the system's place. */
  readonly profile: string | null
  readonly format: TextFormat
  /** File or folder, `-` for the standard output, `null` for the folder one is in. */
  readonly out: string | null
  /** Picture that an explanation file is about; `null` for none. */
  readonly picture: string | null
  readonly asked: Asked
  /** Entry to compare with; `null` for none. */
  readonly compare: string | null
  readonly theme: Theme
}

/** Option values as commander hands them over. */
export interface GivenExportOptions extends GivenQuestion {
  readonly last?: number
  readonly profile?: string
  readonly format?: TextFormat
  readonly out?: string
  readonly picture?: string
  readonly compare?: string
  readonly theme?: Theme
}

/**
 * Fills in the defaults and refuses what does not go together.
 * @throws `option-invalid`
 */
export function exportChoices(names: readonly string[], given: GivenExportOptions): ExportChoices {
  const entries = wantedEntries(names, given.last)
  const asked = askedOf(given)
  checkAsked(asked)
  const count = entries.kind === 'last' ? entries.count : entries.names.length
  checkOne(count, [
    ['--why-not', given.whyNot],
    ['--without', given.without],
    ['--compare', given.compare],
  ])
  if (given.whyNot !== undefined && given.compare !== undefined)
    fail('option-invalid', { option: '--compare', reason: 'the token is compared with a candidate already' })
  return {
    entries,
    profile: given.profile ?? null,
    format: given.format ?? 'html',
    out: given.out ?? null,
    picture: given.picture ?? null,
    asked,
    compare: given.compare ?? null,
    theme: given.theme ?? 'light',
  }
}

/** What can be asked of one explanation only. */
function checkOne(count: number, options: readonly (readonly [option: string, value: unknown])[]): void {
  const asked = options.find(([, value]) => value !== undefined)
  if (count > 1 && asked !== undefined)
    fail('option-invalid', { option: asked[0], reason: 'it can be asked of one explanation at a time' })
}

function wantedEntries(names: readonly string[], last: number | undefined): WantedEntries {
  if (names.length === 0)
    return {
      kind: 'last',
      count: last ?? fail('option-invalid', { option: 'export', reason: 'name entries by id or files, or give --last' }),
    }
  if (last !== undefined) fail('option-invalid', { option: '--last', reason: 'entries are named already' })
  return { kind: 'named', names: [...new Set(names)] }
}
