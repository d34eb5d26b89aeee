import type { Part, TargetRef } from '../../../shared/explanation/question.ts'
import { findTarget, stepTarget, targetSpan } from '../../../shared/explanation/target-ref.ts'
import type { CandidatePlace, Compared } from '../state.ts'
import type { Store } from '../store.ts'
import { change } from '../store.ts'

/** Choosing which tokens are explained, and which part of the input is asked about. Pure arithmetic: no pass is ever run. */
export interface Pinning {
  /** Shows a token while the pointer is over it; `null` when it leaves. */
  readonly preview: (ref: TargetRef | null) => void
  /** Explains this token until another is chosen; with `extend` everything from the pinned one to this. */
  readonly pin: (ref: TargetRef, extend: boolean) => void
  /** Explains the whole answer. */
  readonly unpin: () => void
  /** Chooses a token of the explanation that is set beside the shown one. */
  readonly beside: (part: Partial<Pick<Compared, 'pinned' | 'preview'>>) => void
  /** Steps to the token before or after. */
  readonly step: (by: 1 | -1) => void
  /** Goes back: closes a comparison, the chosen part, or the pin, in this order. */
  readonly back: () => void
  /** Compares the pinned token with one of its candidates; the same again ends it. */
  readonly whyNot: (place: CandidatePlace | null) => void
  /** Asks which tokens drop without this part; `null` asks no longer. */
  readonly choose: (part: Part | null) => void
  /** Plays the sentence, token by token, or stops. */
  readonly play: (playing: boolean) => void
}

/** How long a token is shown while playing, in milliseconds. */
const beat = 900

/** Makes the commands; `widen` has the prompt's tokens watched where they are not yet. */
export function createPinning(store: Store, widen: () => void): Pinning {
  let clock: ReturnType<typeof setInterval> | null = null
  const pinned = (): TargetRef | null => store.getState().viewing.pinned.at(-1) ?? null
  const set = (pins: readonly TargetRef[]): void =>
    change(store, 'viewing', { pinned: pins, pinnedByHand: true, preview: null, whyNot: null })

  const step = (by: 1 | -1): void => {
    const next = stepTarget(pinned(), by, lengthOf(store, pinned()))
    if (next !== null) set([next])
  }
  const play = (playing: boolean): void => {
    if (clock !== null) clearInterval(clock)
    clock = null
    change(store, 'viewing', { playing })
    if (!playing) return
    const last = lengthOf(store, null) - 1
    const at = pinned()
    if (at?.segment !== 'completion' || at.index >= last) set(last >= 0 ? [{ segment: 'completion', index: 0 }] : [])
    clock = setInterval(() => {
      const now = pinned()
      if (!store.getState().viewing.playing || now === null || now.index >= lengthOf(store, now) - 1) play(false)
      else step(1)
    }, beat)
  }
  return {
    step,
    play,
    preview: (ref) => change(store, 'viewing', { preview: ref }),
    pin: (ref, extend) => {
      play(false)
      const from = store.getState().viewing.pinned[0]
      set(extend && from !== undefined ? targetSpan(from, ref) : [ref])
      if (ref.segment === 'prompt' && !isWatched(store, ref)) widen()
    },
    unpin: () => set([]),
    beside: (part) => store.setState(({ comparing }) => ({ comparing: comparing === null ? null : { ...comparing, ...part } })),
    back: () => back(store, play),
    whyNot: (place) => {
      const { whyNot } = store.getState().viewing
      change(store, 'viewing', { whyNot: whyNot === place ? null : place })
    },
    choose: (part) => change(store, 'viewing', { part }),
  }
}

function isWatched(store: Store, ref: TargetRef): boolean {
  const { answer } = store.getState().explaining
  return answer !== null && findTarget(answer.known.targets, ref) !== undefined
}

function lengthOf(store: Store, ref: TargetRef | null): number {
  const { answer } = store.getState().explaining
  if (answer === null) return 0
  return answer.known[ref?.segment ?? 'completion'].length
}

function back(store: Store, play: (playing: boolean) => void): void {
  const { viewing, comparing } = store.getState()
  if (viewing.playing) play(false)
  else if (viewing.panel !== 'none') change(store, 'viewing', { panel: 'none' })
  else if (comparing !== null) store.setState({ comparing: null })
  else if (viewing.whyNot !== null) change(store, 'viewing', { whyNot: null })
  else if (viewing.part !== null) change(store, 'viewing', { part: null })
  else change(store, 'viewing', { pinned: [], pinnedByHand: true, preview: null })
}
