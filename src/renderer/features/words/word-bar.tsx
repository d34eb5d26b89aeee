import type { ReactNode } from 'react'
import type { Tone } from '../../../shared/colour/ramp.ts'
import { formatNats } from '../../../shared/explanation/numbers.ts'
import type { Part } from '../../../shared/explanation/question.ts'
import { samePart } from '../../../shared/explanation/part.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { wordSentence } from '../../../shared/explanation/view/sentences.ts'
import type { ViewWord } from '../../../shared/explanation/view/view-words.ts'
import { RelevanceBar } from '../../components/bar.tsx'
import { useWorkspace } from '../../hooks/workspace-context.ts'

/** A word or sentence with what it did, on the scale of the view. Choosing it asks the reverse question; the same again ends it. */
export function WordBar({ view, word, tone }: { view: View; word: ViewWord; tone: Tone }): ReactNode {
  const { pinning } = useWorkspace()
  const part: Part = { kind: 'text', positions: word.input.members }
  const asked = view.question.without
  const chosen = asked !== null && samePart(asked, part)
  return (
    <li>
      <button
        type="button"
        className="bar"
        aria-pressed={chosen}
        title={wordSentence(view, word)}
        data-word={word.label}
        onClick={() => pinning.choose(chosen ? null : part)}
      >
        <span className="text">{word.label}</span>
        <RelevanceBar share={word.share} tone={tone} />
        <span className="value">{formatNats(word.nats)}</span>
      </button>
    </li>
  )
}
