import type { Scale } from '../../../shared/explanation/question.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { fail } from '../../../shared/contract/failure.ts'
import type { ExportFormat } from '../../export/export-content.ts'

/** Which entries of the history are wanted. */
export type WantedEntries =
  { readonly kind: 'named'; readonly ids: readonly string[] } | { readonly kind: 'last'; readonly count: number }

/** What `export` was asked to do. */
export interface ExportChoices {
  readonly entries: WantedEntries
  /** Folder of the library; `null` for the system's place. */
  readonly profile: string | null
  readonly format: ExportFormat
  /** File or folder, `-` for the standard output, `null` for the folder one is in. */
  readonly out: string | null
  /** Places in the completion, ascending; empty for the whole completion. */
  readonly tokens: readonly number[]
  readonly scale: Scale
  readonly theme: Theme
}

/** Option values as commander hands them over. */
export interface GivenExportOptions {
  readonly last?: number
  readonly profile?: string
  readonly format?: ExportFormat
  readonly out?: string
  readonly tokens?: readonly number[]
  readonly scale?: Scale
  readonly theme?: Theme
}

/**
 * Fills in the defaults and refuses what does not go together.
 * @throws `option-invalid`
 */
export function exportChoices(ids: readonly string[], given: GivenExportOptions): ExportChoices {
  return {
    entries: wantedEntries(ids, given.last),
    profile: given.profile ?? null,
    format: given.format ?? 'html',
    out: given.out ?? null,
    tokens: given.tokens ?? [],
    scale: given.scale ?? 'answer',
    theme: given.theme ?? 'light',
  }
}

function wantedEntries(ids: readonly string[], last: number | undefined): WantedEntries {
  if (ids.length === 0)
    return {
      kind: 'last',
      count: last ?? fail('option-invalid', { option: 'export', reason: 'name entries by id, or give --last' }),
    }
  if (last !== undefined) fail('option-invalid', { option: '--last', reason: 'entries are named already' })
  return { kind: 'named', ids: [...new Set(ids)] }
}
