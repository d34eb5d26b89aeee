import type { Explanation } from '../../shared/domain/explanation.ts'
import { fail } from '../../shared/domain/failure.ts'
import { modelCaution } from '../../shared/domain/model-info.ts'
import type { ExplainEvent, ExplainRequest } from '../engine/engine.ts'
import type { ExplainChoices } from './choices.ts'
import { colourDepth } from './colour-support.ts'
import { openCommandEngine } from './command-engine.ts'
import { explanationOutputs } from './explanation-outputs.ts'
import { findModel } from './find-model.ts'
import type { Host } from './host.ts'
import { checkOutputs, writeOutputs } from './outputs.ts'
import { plainReport } from './plain-report.ts'
import type { ProgressDisplay } from './progress-display.ts'
import { progressDisplay } from './progress-display.ts'
import type { ReadPicture } from './read-picture.ts'
import { readPicture } from './read-picture.ts'
import { readPrompt } from './read-prompt.ts'
import { print } from './standard-output.ts'

/** Explains a picture or a document: reads, checks what is to be written, computes, reports and writes. */
export async function explainCommand(choices: ExplainChoices, host: Host, signal: AbortSignal): Promise<void> {
  const prompt = await readPrompt(choices.prompt, host.stdin)
  const picture = await readPicture(choices.picture)
  const folder = await findModel(host.root, choices.model)
  const files = filesOf(choices)
  await checkOutputs(files, choices.out)

  using display = await progressDisplay(host.stderr)
  display.status(`loading ${choices.model}`)
  await using engine = await openCommandEngine(host, choices)
  const caution = modelCaution((await engine.load(folder)).info)
  if (caution !== null) host.stderr.write(`${caution}\n`)
  const explanation = await follow(engine.explain(requestOf(choices, prompt, picture), signal), display)

  const plan = await explanationOutputs({ choices, root: host.root, explanation, picture, display, signal })
  await writeOutputs(plan, host.stdout)
  if (choices.out !== null) display.note(`${plan.pictures.length} pictures in ${choices.out}`)
  display[Symbol.dispose]()
  if (!files.includes('-')) await print(host.stdout, await reportOf(explanation, host))
}

function filesOf({ json, csv, html, svg, sheet }: ExplainChoices): (string | null)[] {
  return [json, csv, html, svg, sheet]
}

function requestOf(choices: ExplainChoices, prompt: string, picture: ReadPicture | null): ExplainRequest {
  const { target, token, sampling, suppression, inputs, targets, chunks } = choices
  return {
    picture: picture?.source ?? null,
    prompt,
    target,
    token,
    sampling,
    suppression,
    inputs,
    targets,
    chunks,
    coarse: false,
  }
}

async function follow(events: AsyncIterable<ExplainEvent>, display: ProgressDisplay): Promise<Explanation> {
  let written = ''
  for await (const event of events) {
    if (event.kind === 'image-ready') display.status('reading the prompt')
    if (event.kind === 'token') display.status(`writing ${(written += event.token.text)}`)
    if (event.kind === 'sweep-progress') display.passes(event.progress)
    if (event.kind === 'done') return event.explanation
  }
  return fail('engine-crashed', { reason: 'it ended without an explanation' })
}

async function reportOf(explanation: Explanation, { stdout, env }: Host): Promise<string> {
  const depth = colourDepth(stdout, env)
  if (!stdout.isTTY && depth === 'none') return plainReport(explanation)
  const { terminalReport } = await import('./terminal-report.ts')
  return terminalReport(explanation, depth, stdout.columns)
}
