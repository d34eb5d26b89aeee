import type { Tone } from '../../../shared/colour/ramp.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { noClearRelevance } from '../../../shared/explanation/wording.ts'

/** How the words of a view are drawn: in grey where nothing is clear, so that noise has no sign; their numbers remain. */
export function toneOf({ map, notes }: View): Tone {
  return map === null && notes.includes(noClearRelevance) ? 'grey' : 'colour'
}
