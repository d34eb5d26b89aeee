import { candidateDifference, spanRelevance } from '../../atman/relevance.ts'
import type { Alternative } from '../../atman/relevance.ts'
import type { Claim, Exactness } from '../claim.ts'
import type { KnownExplanation, Numbers, PreviewMap } from '../known.ts'
import type { Against } from '../question.ts'
import type { RelevanceMatrix, Target } from '../record.ts'
import { fail } from '../../contract/failure.ts'
import { element } from '../../values/element.ts'
import type { Subject } from './subject.ts'

/** What every input did for a subject. */
export interface Effects {
  /** One number per input, in nats: the token's, the mean over the tokens, or the difference of two candidates. `null` before the exact map. */
  readonly inputs: Float32Array | null
  /** One number per block of the preview; `null` without one. */
  readonly blocks: Float32Array | null
  /** The same of the preview that came first, whose scale holds while it is refined. */
  readonly firstBlocks: Float32Array | null
  readonly claim: Claim
}

/** What every input did for a subject, compared with what is asked. */
export function effectsOf({ numbers, suppression }: KnownExplanation, subject: Subject, against: Against): Effects {
  const rival = rivalOf(numbers, subject, against)
  const claim: Claim = {
    measure: rival === null ? 'likelihood' : 'odds',
    tokens: subject.targets.length,
    suppression,
    exactness: exactnessOf(numbers),
  }
  const empty = { inputs: null, blocks: null, firstBlocks: null, claim }
  if (subject.targets.length === 0) return empty
  switch (numbers.kind) {
    case 'none':
      return empty
    case 'preview':
      // A preview has no numbers of other candidates.
      if (rival !== null) return empty
      return { ...empty, blocks: blockEffects(numbers.map, subject), firstBlocks: blockEffects(numbers.first, subject) }
    case 'exact':
      return { ...empty, inputs: inputEffects(numbers.relevance, subject, rival) }
  }
}

/**
 * Place among the only token's candidates of the one it is compared with; `null` where it is compared with none.
 * @throws `candidate-unknown` where what the candidate lost is not known
 */
export function rivalOf(numbers: Numbers, { targets }: Subject, against: Against): Alternative | null {
  const [only, ...others] = targets
  if (against.kind !== 'candidate' || only === undefined || others.length > 0) return null
  const candidate = only.candidates[against.place]
  if (candidate === undefined) throw new RangeError(`the token has no candidate ${against.place}`)
  if (!knowsCandidate(numbers, only, against.place)) fail('candidate-unknown', { token: only.text, candidate: candidate.text })
  return against.place as Alternative
}

/** Whether it is known what a target's candidate lost: files of version 1 do not hold it. Before the exact numbers nothing speaks against it. */
export function knowsCandidate(numbers: Numbers, { column }: Pick<Target, 'column'>, place: number): boolean {
  if (numbers.kind !== 'exact') return true
  const { inputs, targets, candidates } = numbers.relevance
  if (inputs === 0) return true
  return !Number.isNaN(element(candidates, column * (candidates.length / (inputs * targets)) + place))
}

function exactnessOf(numbers: Numbers): Exactness {
  return numbers.kind === 'preview'
    ? { kind: 'preview', rows: numbers.map.rows, columns: numbers.map.columns }
    : { kind: 'exact' }
}

function inputEffects(relevance: RelevanceMatrix, { targets }: Subject, rival: Alternative | null): Float32Array {
  const [only] = targets
  if (rival !== null && only !== undefined) return candidateDifference(relevance, only.column, 'target', rival)
  return spanRelevance(
    relevance,
    targets.map(({ column }) => column),
  )
}

function blockEffects({ rows, columns, targets, values }: PreviewMap, subject: Subject): Float32Array {
  const matrix = { inputs: rows * columns, targets: targets.length, values, candidates: new Float32Array(0) }
  return spanRelevance(
    matrix,
    subject.targets.map(({ column }) => column),
  )
}
