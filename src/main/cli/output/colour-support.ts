import type { ColourDepth } from '../../../shared/colour/ansi.ts'

/** What needs to be known of a stream. */
export interface ColourStream {
  readonly isTTY?: boolean
  getColorDepth?(env?: object): number
}

/**
 * How many colours to use. FORCE_COLOR decides (0 or false: none, 3: all, else 256), then NO_COLOR (https://no-color.org), then what the terminal can do;
 * without a terminal none.
 */
export function colourDepth(stream: ColourStream, env: NodeJS.ProcessEnv): ColourDepth {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced === '0' || forced === 'false' ? 'none' : forced === '3' ? '24-bit' : '256'
  if ((env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') || env['TERM'] === 'dumb' || stream.isTTY !== true) return 'none'
  const bits = stream.getColorDepth?.(env) ?? 1
  return bits >= 24 ? '24-bit' : bits >= 8 ? '256' : 'none'
}
