import Table from 'cli-table3'
import { isClear, normalise } from '../../../shared/explanation/scale.ts'
import type { ColourDepth } from '../../../shared/colour/ansi.ts'
import { onColour } from '../../../shared/colour/ansi.ts'
import { formatNats, likelihoodWords, noClearRelevance } from '../../../shared/colour/legend.ts'
import type { Explanation, Target } from '../../../shared/explanation/record.ts'
import { label } from '../../export/drawing/text/lettering.ts'
import { methodLine } from '../../export/method-words.ts'
import type { Subject } from '../../export/subject.ts'
import { subjectOf } from '../../export/subject.ts'
import type { InputRelevance } from '../../export/target-view.ts'
import { answerColour, clearOnes, patchMap, strongest, strongestPatch, wordRelevance } from '../../export/target-view.ts'
import { heatColour, heatText } from './heat-text.ts'
import { printable, printableLines } from './printable.ts'

/** Most prompt text shown, in characters; a long document is cut in front. */
const longestPrompt = 400

/**
 * An explanation for a terminal: prompt and completion, each token on the colour of its strongest patch (or word); the map of the token with the strongest one;
 * a table of all tokens.
 * @param width columns of the terminal
 */
export function terminalReport(explanation: Explanation, depth: ColourDepth, width: number | undefined): string {
  const { model, provider, timings } = explanation
  const seconds = ((timings.imageMs + timings.generateMs + timings.sweepMs) / 1000).toFixed(1)
  const about = `${model.name} on ${provider} · ${methodLine(explanation)} · ${timings.passes} passes, ${seconds} s`
  const parts = [
    colouredText(explanation, depth),
    mapOfStrongest(explanation, depth),
    table(explanation, depth, Math.max(60, width ?? 100)),
    faint(printable(about), depth),
  ]
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n\n`
}

function colouredText(explanation: Explanation, depth: ColourDepth): string {
  const { prompt, completion, targets } = explanation
  const maximum = answerColour(explanation, explanation.grid === null ? 'text' : 'image')
  const byPlace = new Map(targets.filter(({ segment }) => segment === 'completion').map((target) => [target.index, target]))
  const asked = prompt.text.length > longestPrompt ? `…${prompt.text.slice(-longestPrompt)}` : prompt.text
  const tokens = completion.tokens.map(({ text }, place) => {
    const target = byPlace.get(place)
    const best = target === undefined ? null : strongestInput(explanation, subjectOf(explanation, [target]))
    return ground(printableLines(text), normalise(best?.nats ?? 0, maximum), depth)
  })
  return `${faint(printableLines(asked), depth)}${tokens.join('')}`
}

function strongestInput(explanation: Explanation, subject: Subject): InputRelevance | undefined {
  return strongestPatch(explanation, subject) ?? strongest(wordRelevance(explanation, subject), 1)[0]
}

/** The map of the token that needed the picture most. */
function mapOfStrongest(explanation: Explanation, depth: ColourDepth): string {
  const { grid, targets } = explanation
  const best = targets
    .map((target) => ({ target, subject: subjectOf(explanation, [target]) }))
    .map(({ target, subject }) => ({ target, subject, patch: strongestPatch(explanation, subject) }))
    .reduce<Found | null>(stronger, null)
  const values = best === null ? null : patchMap(explanation, best.subject)
  if (grid === null || best === null || values === null) return ''
  const map = heatText(grid, values, answerColour(explanation, 'image'), depth)
  const { input, nats } = best.patch
  const words = [
    bold(label(printable(best.target.text)), depth),
    ...(isClear(values) ? [`${formatNats(nats)} nats`, likelihoodWords(nats)] : [noClearRelevance]),
    `row ${input.row ?? 0}, column ${input.column ?? 0}`,
  ]
  return map.map((line, row) => `  ${line}   ${words[row] ?? ''}`.trimEnd()).join('\n')
}

interface Found {
  readonly target: Target
  readonly subject: Subject
  readonly patch: InputRelevance
}

function stronger(
  best: Found | null,
  { patch, ...found }: Omit<Found, 'patch'> & { readonly patch: InputRelevance | null },
): Found | null {
  if (patch === null) return best
  return best === null || Math.abs(patch.nats) > Math.abs(best.patch.nats) ? { ...found, patch } : best
}

/** Parts of the frame that cli-table3 would draw. */
const frame = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
]

function table(explanation: Explanation, depth: ColourDepth, width: number): string {
  const hasPatches = explanation.grid !== null && explanation.inputs.some(({ kind }) => kind === 'patch')
  const drawn = new Table({
    head: ['', 'token', 'log p', ...(hasPatches ? ['strongest patch', 'nats'] : []), 'strongest words'],
    style: { head: [], border: [], compact: true },
    colAligns: ['right', 'left', 'right', ...(hasPatches ? (['left', 'right'] as const) : []), 'left'],
    chars: Object.fromEntries(frame.map((part) => [part, part === 'middle' ? ' ' : ''])),
  })
  const most = Math.max(1, Math.floor((width - 50) / 16))
  drawn.push(...explanation.targets.map((target) => row(explanation, target, hasPatches, most, depth)))
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function row(explanation: Explanation, target: Target, hasPatches: boolean, mostWords: number, depth: ColourDepth): string[] {
  const subject = subjectOf(explanation, [target])
  const patch = strongestPatch(explanation, subject)
  const nats = patch?.nats ?? 0
  const place = patch === null ? '' : `row ${patch.input.row ?? 0}, column ${patch.input.column ?? 0}`
  const words = clearOnes(strongest(wordRelevance(explanation, subject), mostWords))
  const textMaximum = answerColour(explanation, 'text')
  const name = `${target.segment === 'prompt' ? 'prompt ' : ''}${target.index}`
  return [
    name,
    bold(label(printable(target.text)), depth),
    formatNats(target.logprob),
    ...(hasPatches ? [place, ground(formatNats(nats), normalise(nats, answerColour(explanation, 'image')), depth)] : []),
    words.map((word) => wordCell(word, textMaximum, depth)).join('  '),
  ]
}

function wordCell({ input, nats }: InputRelevance, maximum: number, depth: ColourDepth): string {
  return ground(`${label(printable(input.text))} ${formatNats(nats)}`, normalise(nats, maximum), depth)
}

function ground(text: string, share: number, depth: ColourDepth): string {
  return Math.abs(share) < 0.02 ? text : onColour(text, heatColour(share), depth)
}

function faint(text: string, depth: ColourDepth): string {
  return depth === 'none' ? text : `\u001b[2m${text}\u001b[22m`
}

function bold(text: string, depth: ColourDepth): string {
  return depth === 'none' ? text : `\u001b[1m${text}\u001b[22m`
}
