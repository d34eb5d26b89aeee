import { normalise } from '../../../shared/explanation/scale.ts'
import { ramp } from '../../../shared/colour/ramp.ts'
import type { Theme } from '../../../shared/colour/ramp.ts'
import { cssColour } from '../../../shared/colour/rgba.ts'

/** Colour of a relevance as a line or a bar; `null` where it would not be seen. */
export function lineColour(nats: number | undefined, maximum: number, theme: Theme): string | null {
  if (nats === undefined) return null
  const share = normalise(nats, maximum)
  return Math.abs(share) < 0.02 ? null : cssColour(ramp(share, theme))
}

/** Colour of a drop as the ground of a text: paler, so that the text stays readable on it. */
export function groundColour(nats: number | undefined, maximum: number, theme: Theme): string | null {
  if (nats === undefined) return null
  const share = normalise(nats, maximum)
  if (Math.abs(share) < 0.02) return null
  const [red, green, blue, alpha] = ramp(Math.sign(share) * 0.4, theme)
  return cssColour([red, green, blue, alpha * Math.sqrt(Math.abs(share)) * 0.85])
}
