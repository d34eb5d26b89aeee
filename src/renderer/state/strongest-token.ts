import { standsBefore } from '../../shared/atman/relevance.ts'
import type { KnownExplanation } from '../../shared/explanation/known.ts'
import { sequenceOfKnown } from '../../shared/explanation/known.ts'
import type { Target } from '../../shared/explanation/record.ts'
import { tokenPosition } from '../../shared/sequence/sequence.ts'
import { element } from '../../shared/values/element.ts'

/** Place of the token of the completion that rests most on a single part of the picture, or of the text without one; `null` before there is a map. */
export function strongestToken(known: KnownExplanation): number | null {
  const written = known.targets.filter(({ segment }) => segment === 'completion')
  const strengths = written.map((target) => ({ index: target.index, most: Math.max(...effectsOn(known, target)) }))
  const best = strengths.reduce<(typeof strengths)[number] | null>(
    (top, one) => (one.most > (top?.most ?? Number.NEGATIVE_INFINITY) ? one : top),
    null,
  )
  return best?.index ?? null
}

function effectsOn(known: KnownExplanation, target: Target): number[] {
  const { numbers, targets } = known
  switch (numbers.kind) {
    case 'none':
      return []
    case 'preview': {
      const { rows, columns, values } = numbers.map
      return Array.from({ length: rows * columns }, (_, block) => element(values, block * targets.length + target.column))
    }
    case 'exact': {
      const { values, targets: width } = numbers.relevance
      const before = tokenPosition(sequenceOfKnown(known), { role: target.segment, index: target.index })
      const patches = known.inputs.filter(({ kind }) => kind === 'patch')
      return (patches.length > 0 ? patches : known.inputs)
        .filter((input) => standsBefore(input, before))
        .map(({ index }) => element(values, index * width + target.column))
    }
  }
}
