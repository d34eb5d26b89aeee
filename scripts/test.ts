/**
 * `npm test`: every check and every test, each step's result as it comes; all steps run even when one fails.
 * The last line is `N passed, N failed, N skipped`; the exit status is 1 if anything failed.
 * `node scripts/test.ts lint unit` runs the named steps only.
 */
import { runStep } from './test/run-step.ts'
import type { Done } from './test/run-step.ts'
import { stages } from './test/steps.ts'
import type { Step } from './test/steps.ts'
import { summary } from './test/tally.ts'

const atOnce = 2
const shownLines = 200

const wanted = process.argv.slice(2)
const known = stages.flat().map(({ script }) => script)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}; the steps are ${known.join(', ')}.`)
  process.exit(2)
}

const done: Done[] = []
for (const stage of stages) {
  await runStage(stage.filter(({ script }) => wanted.length === 0 || wanted.includes(script)))
}
console.log(summary(done.map(({ outcome }) => outcome)))
process.exitCode = done.some(({ outcome }) => outcome.failed > 0) ? 1 : 0

async function runStage(steps: readonly Step[]): Promise<void> {
  const waiting = [...steps]
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await runStep(step)
      done.push(result)
      show(result)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

function show(result: Done): void {
  const { step, outcome, seconds, output } = result
  console.log(`${step.script.padEnd(14)}${summary([outcome]).padEnd(40)}${seconds.toFixed(1)} s`)
  for (const { name, reason } of outcome.skips) console.log(`  skipped ${name} (${reason})`)
  for (const note of outcome.notes) console.log(`  ${note}`)
  if (outcome.failed > 0) console.log(output.trimEnd().split('\n').slice(-shownLines).join('\n'))
}
