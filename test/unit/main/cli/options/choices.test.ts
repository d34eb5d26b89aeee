import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { Command, CommanderError } from 'commander'
import { failureOf, sentence } from '../../../../../src/shared/contract/failure.ts'
import type { ExplainChoices } from '../../../../../src/main/cli/options/choices.ts'
import { explainChoices } from '../../../../../src/main/cli/options/choices.ts'
import { addExplainOptions, addWritingOptions } from '../../../../../src/main/cli/options/options.ts'
import { usageFailure } from '../../../../../src/main/cli/options/usage-failure.ts'

function parse(...args: readonly string[]): ExplainChoices {
  const parsed: ExplainChoices[] = []
  const command = addExplainOptions(addWritingOptions(new Command().argument('[picture]').exitOverride()))
  command.configureOutput({ outputError: () => undefined }).action((picture: string | undefined, given: object) => {
    parsed.push(explainChoices(picture, given))
  })
  command.parse(args, { from: 'user' })
  const [choices] = parsed
  if (choices === undefined) throw new Error('nothing was parsed')
  return choices
}

function refusal(...args: readonly string[]): string {
  try {
    parse(...args)
  } catch (error) {
    const failure = error instanceof CommanderError ? usageFailure(error) : failureOf(error)
    if (failure === null) throw error
    return `${failure.code}: ${sentence(failure)}`
  }
  return 'accepted'
}

describe('the options of explain', () => {
  it('have the defaults of the paper', () => {
    expect(parse('cats.png')).toEqual({
      picture: 'cats.png',
      prompt: { kind: 'text', text: 'This is a picture of' },
      sampling: { maxNewTokens: 48, temperature: 0, topK: 0, topP: 1, seed: 0 },
      model: 'whence-scenes',
      device: 'auto',
      json: null,
      target: null,
      token: null,
      targets: 'completion',
      inputs: 'all',
      chunks: null,
      suppression: { strength: 0.9, threshold: 0.7, variant: 'shifted', layers: null },
      batch: null,
      csv: null,
      html: null,
      svg: null,
      sheet: null,
      asked: { tokens: [], whyNot: null, without: [], scale: 'answer' },
      theme: 'light',
      out: null,
    })
  })

  it.each([
    [['--f', '-0.5'], { suppression: { strength: -0.5 } }],
    [['--f', '1'], { suppression: { strength: 1 } }],
    [['--f=1e-1'], { suppression: { strength: 0.1 } }],
    [['--kappa', '-1'], { suppression: { threshold: -1 } }],
    [['--kappa', '1'], { suppression: { threshold: 1 } }],
    [['--no-neighbourhood'], { suppression: { threshold: null } }],
    [['--no-neighbourhood', '--kappa', '0.7'], { suppression: { threshold: null } }],
    [['--variant', 'mask'], { suppression: { variant: 'mask' } }],
    [['--layers', '0,2-3'], { suppression: { layers: [0, 2, 3] } }],
    [['--layers', '3,1-2,2'], { suppression: { layers: [1, 2, 3] } }],
    [['--target', ' two dogs\n'], { target: ' two dogs\n' }],
    [['--token', '0'], { token: 0 }],
    [['--targets', 'all'], { targets: 'all' }],
    [['--inputs', 'text'], { inputs: 'text' }],
    [['--chunks', 'paragraph'], { chunks: 'paragraph' }],
    [['--max-new-tokens', '1'], { sampling: { maxNewTokens: 1 } }],
    [['--temperature', '0.7'], { sampling: { temperature: 0.7 } }],
    [['--top-k', '0'], { sampling: { topK: 0 } }],
    [['--top-p', '1'], { sampling: { topP: 1 } }],
    [['--seed', '-3'], { sampling: { seed: -3 } }],
    [['--batch', '16'], { batch: 16 }],
    [['--device', 'webgpu'], { device: 'webgpu' }],
    [['--model', './folder'], { model: './folder' }],
    [['--json', '-'], { json: '-' }],
    [['--csv', 'a.csv', '--out', 'maps'], { csv: 'a.csv', out: 'maps' }],
    [['--prompt', '--json'], { prompt: { kind: 'text', text: '--json' } }],
    [['--prompt-file', '-'], { prompt: { kind: 'file', path: '-' } }],
  ])('%j mean %j', (args, meaning) => {
    expect(parse('cats.png', ...args)).toMatchObject(meaning)
  })

  it.each([
    [['--f', '1.01'], '--f: 1.01 is out of range: it must be at most 1.'],
    [['--f', 'Infinity'], '--f: "Infinity" is not a number.'],
    [['--f', 'NaN'], '--f: "NaN" is not a number.'],
    [['--f', '0x1'], '--f: "0x1" is not a number.'],
    [['--f', ''], '--f: "" is not a number.'],
    [['--f', '1e999'], '--f: "1e999" is not a number.'],
    [['--f', '-1e999'], '--f: "-1e999" is not a number.'],
    [['--kappa', '1.1'], '--kappa: 1.1 is out of range: it must be at least -1 and at most 1.'],
    [['--kappa', '-1.1'], '--kappa: -1.1 is out of range: it must be at least -1 and at most 1.'],
    [['--variant', 'Shifted'], '--variant: "Shifted" is not one of shifted, plain, log, mask.'],
    [['--layers', ''], '--layers: "" is neither a layer nor a range such as 2-3.'],
    [['--layers', '0,'], '--layers: "" is neither a layer nor a range such as 2-3.'],
    [['--layers', '3-2'], '--layers: the range 3-2 runs backwards.'],
    [['--layers', '-1'], '--layers: "-1" is neither a layer nor a range such as 2-3.'],
    [['--layers', '0-99999999999'], '--layers: layers end at 9999.'],
    [['--token', '-1'], '--token: -1 is out of range: it must be at least 0.'],
    [['--token', '1.5'], '--token: "1.5" is not a whole number.'],
    [['--targets', 'prompt'], '--targets: "prompt" is not one of completion, all.'],
    [['--inputs', 'picture'], '--inputs: "picture" is not one of image, text, all.'],
    [['--chunks', 'word'], '--chunks: "word" is not one of sentence, paragraph.'],
    [['--max-new-tokens', '0'], '--max-new-tokens: 0 is out of range: it must be at least 1.'],
    [['--temperature', '-1'], '--temperature: -1 is out of range: it must be at least 0.'],
    [['--top-k', '-1'], '--top-k: -1 is out of range: it must be at least 0.'],
    [['--top-p', '0'], '--top-p: 0 is out of range: it must be above 0 and at most 1.'],
    [['--top-p', '1.5'], '--top-p: 1.5 is out of range: it must be above 0 and at most 1.'],
    [['--seed', '1.5'], '--seed: "1.5" is not a whole number.'],
    [['--seed', '99999999999999999999'], '--seed: "99999999999999999999" is not a whole number.'],
    [['--batch', '0'], '--batch: 0 is out of range: it must be at least 1.'],
    [['--device', 'gpu'], '--device: "gpu" is not one of auto, cuda, webgpu, cpu.'],
    [['--json', ''], '--json: the name is empty.'],
    [['--json', '--csv'], '--json: its value is missing (a file called "--csv" is written ./--csv).'],
    [['--csv', '-', '--json', '-'], '--csv: the standard output already takes the JSON.'],
    [['--csv', 'a', '--json', 'a'], '--csv: "a" already takes the JSON.'],
    [['--inputs', 'image', '--chunks', 'sentence'], '--chunks: it cuts the text, which --inputs image leaves out.'],
    [['--seed', '1', '--seed', '2'], '--seed: it is given twice.'],
    [['--prompt', 'a', '--prompt-file', 'b'], '--prompt-file: the prompt is already given by --prompt.'],
    [['--kapa', '1'], '--kapa: there is no such option; did you mean --kappa.'],
    [['--out'], '--out: its value is missing.'],
  ])('%j are refused: %s', (args, reason) => {
    expect(refusal('cats.png', ...args)).toBe(`option-invalid: ${reason}`)
  })

  it.prop([fc.oneof(fc.string({ unit: 'binary' }), fc.double().map(String), fc.constantFrom('--', '-', '1e5', ' 1', '1 '))])(
    'take a finite number at most 1 as f, and nothing else',
    (text) => {
      const accepted = refusal('cats.png', `--f=${text}`) === 'accepted'
      expect(accepted).toBe(
        /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) && Number(text) <= 1,
      )
    },
  )
})
