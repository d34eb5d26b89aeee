import { setTimeout as sleep } from 'node:timers/promises'
import { Failed, throwIfCancelled } from '../../../../src/shared/contract/failure.ts'
import type { Failure } from '../../../../src/shared/contract/failure.ts'
import type { ExplainEvent, ExplainRequest, GenerateEvent } from '../../../../src/main/engine/engine.ts'
import { candidateCount } from '../../../../src/shared/explanation/record.ts'
import { position } from '../../../../src/shared/values/brand.ts'
import { runCommandLine } from '../../../../src/main/cli/command-line.ts'
import type { CommandEngine } from '../../../../src/main/cli/terminal.ts'
import { processTerminal } from '../../../../src/main/cli/terminal.ts'
import { explanation, model } from '../export/hand-made.ts'

/**
 * The command line with an engine that computes nothing: it does what the prompt says. `hang` sweeps for ever, `stuck` blocks without listening, `bug` breaks,
 * `fail CODE` fails; anything else is explained by hand.
 */
function openFakeEngine(): CommandEngine {
  return {
    load: async () => ({ info: model, provider: 'cpu' }),
    generate: async function* (request, signal): AsyncGenerator<GenerateEvent> {
      await obey(request.prompt, signal)
      const { prompt, completion } = madeFor(request)
      yield { kind: 'prompt', tokens: prompt.tokens }
      for (const token of completion.tokens) yield { kind: 'token', token }
      yield { kind: 'completion', text: completion.text, tokens: completion.tokens, stopped: 'stop-token' }
    },
    explain: async function* (request, signal): AsyncGenerator<ExplainEvent> {
      for (let done = 0; request.prompt === 'hang'; done = (done + 1) % 100) {
        yield { kind: 'sweep-progress', progress: { done: Math.max(done, 50), total: 100 } }
        await sleep(5)
        throwIfCancelled(signal)
      }
      await obey(request.prompt, signal)
      const whole = madeFor(request)
      for (const done of [0, 50, 100]) yield { kind: 'sweep-progress', progress: { done, total: 100 } }
      yield { kind: 'done', explanation: whole }
    },
    jointPasses: async ({ parts, completion }) =>
      parts.map((members) => ({
        members: members.map(position),
        neighbours: true,
        relevance: Float32Array.from(completion, (_, place) => members.length + place / 10),
        candidates: new Float32Array(completion.length * candidateCount),
      })),
    close: async () => {},
  }
}

function madeFor({ prompt, picture }: Pick<ExplainRequest, 'prompt' | 'picture'>): ReturnType<typeof explanation> {
  const whole = explanation({ picture: picture === null ? null : { width: 768, height: 768 } })
  return { ...whole, prompt: { ...whole.prompt, text: prompt } }
}

async function obey(prompt: string, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal)
  if (prompt === 'bug') throw new Error('the fake engine broke')
  if (prompt === 'stuck') {
    process.stderr.write('stuck\n')
    await sleep(60_000)
  }
  const [, code] = /^fail (.*)$/.exec(prompt) ?? []
  if (code !== undefined) throw new Failed({ code, data: anything } as unknown as Failure)
}

/** Whatever a sentence needs. */
const anything = {
  reason: 'because',
  device: 'cuda',
  model: 'm',
  file: 'f',
  name: 'n',
  token: 9,
  tokens: 3,
  most: 1,
  picture: 0,
  layers: 4,
  layer: 7,
}

process.exitCode = await runCommandLine(process.argv.slice(2), { ...processTerminal(), openEngine: async () => openFakeEngine() })
