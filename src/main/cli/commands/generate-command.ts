import { fail } from '../../../shared/contract/failure.ts'
import { defaultSuppression } from '../../../shared/explanation/parameters.ts'
import type { GenerateEvent } from '../../engine/engine.ts'
import type { Written } from '../../export/data/completion-json.ts'
import type { WritingChoices } from '../options/choices.ts'
import { openCommandEngine } from './command-engine.ts'
import { findModel } from './find-model.ts'
import type { Terminal } from '../terminal.ts'
import { checkOutputs, writeOutputs } from '../output/outputs.ts'
import { packageVersion } from '../../files/package-root.ts'
import { printableLines } from '../output/printable.ts'
import { progressDisplay } from '../output/progress-display.ts'
import type { ReadPicture } from './read-picture.ts'
import { readPicture } from './read-picture.ts'
import { readPrompt } from './read-prompt.ts'
import { print } from '../output/standard-output.ts'

/** Completes a prompt and writes the text as it comes; with `--json -` the object alone. */
export async function generateCommand(choices: WritingChoices, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const prompt = await readPrompt(choices.prompt, terminal.stdin)
  const picture = await readPicture(choices.picture)
  const folder = await findModel(terminal.root, choices.model)
  await checkOutputs([choices.json], null)

  using display = await progressDisplay(terminal.stderr)
  display.status(`loading ${choices.model}`)
  await using engine = await openCommandEngine(terminal, { device: choices.device, batch: null })
  const { info, provider } = await engine.load(folder)
  const request = {
    picture: picture?.source ?? null,
    prompt,
    sampling: choices.sampling,
    steering: [],
    suppression: defaultSuppression,
  }
  display[Symbol.dispose]()
  const events = await follow(engine.generate(request, signal), choices.json === '-' ? null : terminal.stdout)

  const written = { model: info, provider, sampling: choices.sampling, ...whatWasWritten(events, prompt, picture) }
  const json =
    choices.json === null ? [] : [{ name: choices.json, content: () => jsonText(written, packageVersion(terminal.root)) }]
  await writeOutputs({ files: json, folder: null, pictures: [] }, terminal.stdout)
}

/** Takes in all events; with a stream to write to, the text goes there as it comes. */
async function follow(events: AsyncIterable<GenerateEvent>, stdout: NodeJS.WriteStream | null): Promise<GenerateEvent[]> {
  const received: GenerateEvent[] = []
  const show = (text: string): string => (stdout?.isTTY === true ? printableLines(text) : text)
  let shown = ''
  for await (const event of events) {
    received.push(event)
    if (stdout === null) continue
    // A character in several tokens is shown when it is whole, at the end.
    if (event.kind === 'token' && !shown.includes('\uFFFD')) {
      shown += event.token.text
      if (!shown.includes('\uFFFD')) await print(stdout, show(event.token.text))
    }
    if (event.kind === 'completion') await print(stdout, `${show(remainder(event.text, shown))}\n`)
  }
  return received
}

/** What of the text has not been shown yet. */
function remainder(text: string, shown: string): string {
  const broken = shown.indexOf('\uFFFD')
  if (broken < 0) return text.startsWith(shown) ? text.slice(shown.length) : ''
  return text.slice(lastWholeToken(text, shown))
}

function lastWholeToken(text: string, shown: string): number {
  let same = 0
  while (same < shown.length && shown[same] === text[same]) same++
  return same
}

function whatWasWritten(
  events: readonly GenerateEvent[],
  prompt: string,
  read: ReadPicture | null,
): Pick<Written, 'picture' | 'prompt' | 'completion'> {
  const image = events.find((event) => event.kind === 'image-ready')
  const asked = events.find((event) => event.kind === 'prompt')
  const completion = events.find((event) => event.kind === 'completion')
  if (asked === undefined || completion === undefined || completion.stopped === 'given')
    return fail('engine-crashed', { reason: 'it ended without a completion' })
  const { text, tokens: written, stopped } = completion
  return {
    picture: image === undefined || read === null ? null : { name: read.name, provenance: image.picture },
    prompt: { text: prompt, tokens: asked.tokens },
    completion: { text, tokens: written, stopped },
  }
}

async function jsonText(written: Written, version: string): Promise<string> {
  const { completionJson } = await import('../../export/data/completion-json.ts')
  const { formatJson } = await import('../../export/data/format-json.ts')
  return formatJson(completionJson(written, version))
}
