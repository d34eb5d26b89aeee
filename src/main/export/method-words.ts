import type { Explanation } from '../../shared/explanation/record.ts'

/** A setting and its value, in the words of the method. */
export type Setting = readonly [name: string, value: string]

/** How the relevance was computed. */
export function methodSettings({ parameters }: Explanation): Setting[] {
  const { strength, threshold, layers } = parameters.suppression
  const { temperature, seed } = parameters.sampling
  return [
    ['suppression f', strength.toFixed(2)],
    ['neighbourhood κ', threshold === null ? 'off' : threshold.toFixed(2)],
    ['layers', layers === null ? 'all' : layers.join(', ')],
    ...(temperature > 0 ? ([['sampling', `T ${temperature}, seed ${seed}`]] as const) : []),
  ]
}

/** The same in one line: "AtMan, shifted · suppression f 0.90 · neighbourhood κ 0.70 · layers all". */
export function methodLine(explanation: Explanation): string {
  const { variant } = explanation.parameters.suppression
  return [`AtMan, ${variant}`, ...methodSettings(explanation).map(([name, value]) => `${name} ${value}`)].join(' · ')
}
