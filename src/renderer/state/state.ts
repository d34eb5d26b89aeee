import type { Cell } from '../../shared/sequence/patch-grid.ts'
import type { GeneratedToken } from '../../shared/explanation/record.ts'
import type { Progress } from '../../shared/values/progress.ts'
import { defaultSettings } from '../../shared/contract/default-settings.ts'
import type { AddedPicture, HistoryEntry, Settings } from '../../shared/contract/library.ts'
import type { ResponseOf } from '../../shared/contract/types.ts'
import type { TargetRef } from '../../shared/explanation/question.ts'
import type { Answer } from './answer.ts'

/** What is being worked on. */
export type Run =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued'; readonly ahead: number }
  | { readonly kind: 'reading' }
  | { readonly kind: 'writing'; readonly tokens: number }
  | {
      readonly kind: 'sweeping'
      readonly stage: 'bank' | 'coarse' | 'sweep'
      readonly progress: Progress
      readonly startedAt: number
      readonly now: number
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }

/** A part of the input that was chosen, for the reverse question and for steering. */
export interface Part {
  readonly kind: 'patches' | 'text'
  /** Positions in the sequence, ascending. */
  readonly positions: readonly number[]
  /** What a text part says. */
  readonly text: string
}

/** One factor of a steered completion. */
export interface SteeredPart {
  readonly part: Part
  /** Scales the attention paid to it: 1 leaves it alone, 0 removes it, above 1 amplifies. */
  readonly factor: number
}

/** A completion written under changed factors. */
export interface Steered {
  readonly parts: readonly SteeredPart[]
  readonly tokens: readonly GeneratedToken[]
  readonly finished: boolean
}

/** Panels that cover the stage or hang from the header; at most one is open. */
export type Panel = 'none' | 'models' | 'settings' | 'licences' | 'export' | 'open' | 'presets'

/** A message that waits in the corner. */
export interface Notice {
  readonly id: number
  readonly kind: 'info' | 'error'
  readonly text: string
  readonly action: { readonly label: string; readonly run: () => void } | null
}

/** Everything the window knows, in slices; derived values are selectors. */
export interface State {
  readonly app: ResponseOf<'app.state'> | null
  /** Why the window could not be filled at the start. */
  readonly trouble: string | null
  readonly explaining: {
    readonly answer: Answer | null
    readonly run: Run
    /** Whether the first-run explanation of the stored sample is shown. */
    readonly firstRun: boolean
    /** An entry whose numbers are no longer in the cache. */
    readonly forgotten: HistoryEntry | null
  }
  readonly asking: {
    readonly picture: AddedPicture | null
    readonly prompt: string
    /** Text to explain instead of the model's own; `null` when the model writes. */
    readonly target: string | null
  }
  readonly viewing: {
    readonly pinned: readonly TargetRef[]
    /** Whether a person pinned it; otherwise it was chosen for them. */
    readonly pinnedByHand: boolean
    readonly preview: TargetRef | null
    /** Place among the pinned token's candidates of the token it is compared with. */
    readonly whyNot: 0 | 1 | 2 | 3 | 4 | null
    readonly part: Part | null
    readonly hovered: Cell | null
    /** Whether the hovered cell was reached by keyboard, to be read out. */
    readonly byKeyboard: boolean
    readonly playing: boolean
    /** Whether the picture is shown as the model saw it. */
    readonly seen: boolean
    readonly tool: 'lasso' | 'move'
    readonly panel: Panel
    readonly leftOpen: boolean
    readonly rightOpen: boolean
  }
  readonly similarity: { readonly entry: string; readonly length: number; readonly cosines: Float32Array } | null
  readonly steering: { readonly parts: readonly SteeredPart[]; readonly running: boolean; readonly result: Steered | null }
  readonly library: {
    readonly search: string
    readonly total: number
    /** Entries by place; holes are not loaded yet. */
    readonly entries: readonly HistoryEntry[]
    readonly loading: boolean
    /** Entries chosen for a batch export or a comparison. */
    readonly chosen: ReadonlySet<string>
  }
  readonly comparing: { readonly first: Answer; readonly second: Answer } | null
  readonly settings: Settings
  readonly notices: readonly Notice[]
}

/** A window that knows nothing yet. */
export const initialState: State = {
  app: null,
  trouble: null,
  explaining: { answer: null, run: { kind: 'idle' }, firstRun: false, forgotten: null },
  asking: { picture: null, prompt: defaultSettings.prompt, target: null },
  viewing: {
    pinned: [],
    pinnedByHand: false,
    preview: null,
    whyNot: null,
    part: null,
    hovered: null,
    byKeyboard: false,
    playing: false,
    seen: false,
    tool: 'lasso',
    panel: 'none',
    leftOpen: false,
    rightOpen: false,
  },
  similarity: null,
  steering: { parts: [], running: false, result: null },
  library: { search: '', total: 0, entries: [], loading: true, chosen: new Set() },
  comparing: null,
  settings: defaultSettings,
  notices: [],
}
