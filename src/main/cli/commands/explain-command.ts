import { knownOf } from '../../../shared/explanation/known.ts'
import { viewOf } from '../../../shared/explanation/view.ts'
import type { Explanation } from '../../../shared/explanation/record.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { modelCaution } from '../../../shared/explanation/model/model-info.ts'
import type { ExplainEvent, ExplainRequest } from '../../engine/engine.ts'
import type { ExplainChoices } from '../options/choices.ts'
import { openCommandEngine } from './command-engine.ts'
import { explanationOutputs } from '../output/explanation-outputs.ts'
import { findModel } from './find-model.ts'
import type { Terminal } from '../terminal.ts'
import { checkOutputs, writeOutputs } from '../output/outputs.ts'
import type { ProgressDisplay } from '../output/progress-display.ts'
import { progressDisplay } from '../output/progress-display.ts'
import type { ReadPicture } from './read-picture.ts'
import { readPicture } from './read-picture.ts'
import { readPrompt } from './read-prompt.ts'
import { reported } from '../output/reported.ts'
import { reportText } from '../output/report-text.ts'
import { isAsked } from '../question/asked.ts'
import { jointPassOf, missingPart } from '../question/joint-pass.ts'
import { questionOf } from '../question/question-of.ts'
import { print } from '../output/standard-output.ts'

/** Explains a picture or a document: reads, checks what is to be written, computes, reports and writes. */
export async function explainCommand(choices: ExplainChoices, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const prompt = await readPrompt(choices.prompt, terminal.stdin)
  const picture = await readPicture(choices.picture)
  const folder = await findModel(terminal.root, choices.model)
  const files = filesOf(choices)
  await checkOutputs(files, choices.out)

  using display = await progressDisplay(terminal.stderr)
  display.status(`loading ${choices.model}`)
  await using engine = await openCommandEngine(terminal, choices)
  const caution = modelCaution((await engine.load(folder)).info)
  if (caution !== null) terminal.stderr.write(`${caution}\n`)
  const request = requestOf(choices, prompt, picture)
  const explanation = await follow(engine.explain(request, signal), display)
  const question = questionOf(knownOf(explanation), explanation.prompt.text, choices.asked)
  const missing = missingPart(explanation, question)
  const joint = missing === null ? [] : [await jointPassOf(engine, request, explanation, missing, signal)]

  const plan = await explanationOutputs({ choices, root: terminal.root, explanation, question, joint, picture, display, signal })
  await writeOutputs(plan, terminal.stdout)
  if (choices.out !== null) display.note(`${plan.pictures.length} pictures in ${choices.out}`)
  display[Symbol.dispose]()
  if (files.includes('-')) return
  const answers = isAsked(choices.asked) ? [viewOf(knownOf(explanation, joint), question)] : []
  await print(terminal.stdout, await reportText(reported(explanation, answers, question.scale), terminal))
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
