import { relevanceColour } from '../../../shared/colour/ramp.ts'
import type { Theme, Tone } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'

/** Below this share of full colour nothing would be seen. */
const unseen = 0.02

/** Colour of a relevance as a line; `null` where it would not be seen. @param share of full colour; `null` where there is no number */
export function lineColour(share: number | null, tone: Tone, theme: Theme): string | null {
  return share === null || Math.abs(share) < unseen ? null : cssColour(relevanceColour(share, tone, theme))
}

/** Colour of a relevance as the ground of a text: paler, so that the text stays readable on it. @param share as for {@link lineColour} */
export function groundColour(share: number | null, tone: Tone, theme: Theme): string | null {
  if (share === null || Math.abs(share) < unseen) return null
  const pale = Math.sign(share) * 0.4
  const [red, green, blue, alpha] = relevanceColour(pale, tone, theme)
  return cssColour([red, green, blue, alpha * Math.sqrt(Math.abs(share)) * 0.85])
}
