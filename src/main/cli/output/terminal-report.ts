import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import type { View } from '../../../shared/explanation/view.ts'
import { methodWords } from '../../../shared/explanation/wording.ts'
import { answerText } from './answer-text.ts'
import { printable } from './printable.ts'
import type { Reported } from './reported.ts'
import type { TargetView } from './strongest.ts'
import { strongestTarget, targetViews } from './strongest.ts'
import { faint } from './styling.ts'
import { targetTable } from './target-table.ts'

/** Columns of a terminal that does not say how many it has, and the fewest that the table needs. */
const widths = { usual: 100, least: 60 }

/**
 * An explanation for a terminal: the answer to what was asked, else what the token with the strongest part needed; then a table of all tokens.
 * @param width columns of the terminal
 */
export function terminalReport(about: Reported, depth: ColourDepth, width: number | undefined): string {
  const views = targetViews(about.known, about.scale)
  const parts = [
    ...shownViews(about, views).map((view) => answerText(view, depth)),
    targetTable(views, depth, Math.max(widths.least, width ?? widths.usual)),
    faint(printable(originWords(about)), depth),
  ]
  return `\n${parts.join('\n\n')}\n\n`
}

/** The views that a report shows first: the answers; the strongest token's where nothing was asked. */
function shownViews({ answers }: Reported, views: readonly TargetView[]): readonly View[] {
  if (answers.length > 0) return answers
  const strongest = strongestTarget(views)
  return strongest === null ? [] : [strongest.view]
}

function originWords({ explanation: { model, provider, parameters, timings } }: Reported): string {
  const seconds = ((timings.imageMs + timings.generateMs + timings.sweepMs) / 1000).toFixed(1)
  return `${model.name} on ${provider} · ${methodWords(parameters.suppression)} · ${timings.passes} passes, ${seconds} s`
}
