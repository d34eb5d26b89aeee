import type { Cell } from '../../shared/sequence/patch-grid.ts'
import type { GeneratedToken } from '../../shared/explanation/record.ts'
import { defaultSettings } from '../../shared/contract/default-settings.ts'
import type { AddedPicture, HistoryEntry, Settings } from '../../shared/contract/library.ts'
import type { ResponseOf } from '../../shared/contract/types.ts'
import type { Part, TargetRef } from '../../shared/explanation/question.ts'
import type { View } from '../../shared/explanation/view.ts'
import type { Answer } from './answer.ts'
import type { Run } from './run.ts'

/** How the joint pass stands that the chosen part needs. */
export type PartPass =
  { readonly kind: 'idle' } | { readonly kind: 'running' } | { readonly kind: 'failed'; readonly message: string }

/** Place among a token's candidates. */
export type CandidatePlace = 0 | 1 | 2 | 3 | 4

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

/** An explanation set beside the one shown, with its own chosen tokens. */
export interface Compared {
  readonly answer: Answer
  readonly pinned: readonly TargetRef[]
  /** The token under the pointer. */
  readonly preview: TargetRef | null
}

/** What is drawn: the answer to the question asked, and beside it that of a comparison, on the same scale. */
export interface Shown {
  readonly view: View | null
  readonly beside: View | null
}

/** Everything the window knows, in slices; derived values are selectors. */
export interface State {
  readonly app: ResponseOf<'app.state'> | null
  /** Why the window could not be filled at the start. */
  readonly trouble: string | null
  readonly explaining: {
    readonly answer: Answer | null
    /** How far the work on the shown answer is. */
    readonly run: Run
    /** How many earlier questions are still being worked on behind it. */
    readonly behind: number
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
    readonly whyNot: CandidatePlace | null
    readonly part: Part | null
    readonly partPass: PartPass
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
  readonly comparing: Compared | null
  readonly settings: Settings
  readonly notices: readonly Notice[]
  /** Answers the question as it stands in a state; computed again only when something that decides it has changed. */
  readonly shown: (state: State) => Shown
}

/** A window that knows nothing yet. */
export const initialState: Omit<State, 'shown'> = {
  app: null,
  trouble: null,
  explaining: { answer: null, run: { kind: 'idle' }, behind: 0, firstRun: false, forgotten: null },
  asking: { picture: null, prompt: defaultSettings.prompt, target: null },
  viewing: {
    pinned: [],
    pinnedByHand: false,
    preview: null,
    whyNot: null,
    part: null,
    partPass: { kind: 'idle' },
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
