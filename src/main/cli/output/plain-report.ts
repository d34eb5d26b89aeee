import type { Explanation, Target } from '../../../shared/explanation/record.ts'
import { subjectOf } from '../../export/subject.ts'
import { strongest, strongestPatch, wordRelevance } from '../../export/target-view.ts'

const columns = ['index', 'segment', 'token', 'logprob', 'row', 'column', 'relevance', 'words']

/**
 * An explanation for pipes and files: the completion, then tab-separated lines, one per target, under a heading. Texts are JSON strings, numbers have four
 * decimals; row, column and relevance are those of the strongest patch, words the three most relevant with theirs. Stable; documented in docs/explanation-json.md.
 */
export function plainReport(explanation: Explanation): string {
  const lines = explanation.targets.map((target) => cells(explanation, target).join('\t'))
  return [`completion\t${JSON.stringify(explanation.completion.text)}`, columns.join('\t'), ...lines]
    .map((line) => `${line}\n`)
    .join('')
}

function cells(explanation: Explanation, target: Target): string[] {
  const { index, segment, text, logprob } = target
  const subject = subjectOf(explanation, [target])
  const patch = strongestPatch(explanation, subject)
  const words = strongest(wordRelevance(explanation, subject), 3)
  return [
    String(index),
    segment,
    JSON.stringify(text),
    decimals(logprob),
    String(patch?.input.row ?? ''),
    String(patch?.input.column ?? ''),
    patch === null ? '' : decimals(patch.nats),
    words.map(({ input, nats }) => `${JSON.stringify(input.text)} ${decimals(nats)}`).join(', '),
  ]
}

function decimals(value: number): string {
  const text = value.toFixed(4)
  return text === '-0.0000' ? '0.0000' : text
}
