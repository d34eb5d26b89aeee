import type { Command } from 'commander'
import { Option } from 'commander'
import { scales } from '../../../shared/explanation/question.ts'
import { themes } from '../../../shared/colour/ramp.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { chunkings, devices, inputSelections, targetSelections, variants } from '../../../shared/explanation/parameters.ts'
import type { Parser } from './option-values.ts'
import { anyText, choice, integer, layerList, number, place, someText, tokenList } from './option-values.ts'

/** An option that takes a value; giving it twice is refused. */
export function valued(flags: string, description: string, parse: Parser<unknown>): Option {
  const option = new Option(flags, description)
  let given = false
  return option.argParser((text: string) => {
    const name = option.long ?? flags
    if (given) fail('option-invalid', { option: name, reason: 'it is given twice' })
    given = true
    return parse(name, text)
  })
}

/** An option that can be given several times; its values are collected. */
function repeated(flags: string, description: string, parse: Parser<string>): Option {
  const option = new Option(flags, description)
  return option.argParser((text: string, before: readonly string[] | undefined) => {
    const value = parse(option.long ?? flags, text)
    return before === undefined ? [value] : [...before, value]
  })
}

/** What is asked of an explanation: the same for one that is computed and one that is kept. */
export function addQuestionOptions(command: Command): Command {
  return command
    .optionsGroup('Question:')
    .addOption(
      valued('--tokens <list>', 'tokens of the completion shown as one, by their mean, counted from 0: 0,2-3', tokenList),
    )
    .addOption(
      valued('--why-not <text|place>', 'why the one token and not this candidate: its text, or its place from 1', someText),
    )
    .addOption(
      repeated(
        '--without <part>',
        'which tokens drop without a part: cells as row,column from 1 ("4,7" or "4,7 4,8"), or a word or passage of the prompt; may be repeated',
        someText,
      ),
    )
    .addOption(scaleOption())
}

/** `--json FILE`, for commands that have nothing else to write. */
export function jsonOption(what: string): Option {
  return valued('--json <file>', `write ${what} as JSON; - is the standard output`, place)
}

/** `--scale NAME`. */
function scaleOption(): Option {
  return valued('--scale <name>', `${scales.join(', ')}: what full colour stands for (default answer)`, choice(scales))
}

/** `--theme NAME`. */
export function themeOption(): Option {
  return valued('--theme <name>', `${themes.join(' or ')} drawings (default light)`, choice(themes))
}

/** What both `generate` and `explain` take. */
export function addWritingOptions(command: Command): Command {
  return command
    .optionsGroup('What to write:')
    .addOption(
      valued('--prompt <text>', 'text that the model goes on from (default with a picture: "This is a picture of")', anyText),
    )
    .addOption(
      valued(
        '--prompt-file <file>',
        'take the prompt from a UTF-8 file; one newline at its end is dropped; - reads the standard input',
        place,
      ),
    )
    .addOption(valued('--max-new-tokens <count>', 'most tokens to write (default 48)', integer({ least: 1 })))
    .addOption(
      valued(
        '--temperature <number>',
        '0 takes the most probable token, 1 samples as the model would (default 0)',
        number({ least: 0 }),
      ),
    )
    .addOption(
      valued('--top-k <count>', 'when sampling, keep the k most probable tokens; 0 keeps all (default 0)', integer({ least: 0 })),
    )
    .addOption(
      valued(
        '--top-p <share>',
        'when sampling, keep the most probable tokens up to this share (default 1)',
        number({ above: 0, most: 1 }),
      ),
    )
    .addOption(valued('--seed <integer>', 'when sampling, the same seed gives the same text (default 0)', integer()))
}

/** What decides where and with what it is computed. */
export function addMachineOptions(command: Command): Command {
  return command
    .optionsGroup('Model and machine:')
    .addOption(valued('--model <name|dir>', 'a model that comes with Whence, or a folder (default whence-scenes)', place))
    .addOption(
      valued('--device <name>', `${devices.join(', ')}: auto tries the others one by one (default auto)`, choice(devices)),
    )
}

/** What only `explain` takes. */
export function addExplainOptions(command: Command): Command {
  command
    .optionsGroup('What to explain:')
    .addOption(
      valued(
        '--target <text>',
        'explain this text instead of the model’s own completion; taken verbatim, so it usually begins with a space',
        anyText,
      ),
    )
    .addOption(valued('--token <n>', 'explain only this token of the completion, counted from 0', integer({ least: 0 })))
    .addOption(
      valued('--targets <which>', 'completion, or all: the prompt’s tokens too (default completion)', choice(targetSelections)),
    )
    .addOption(
      valued('--inputs <which>', 'image, text or all: what is suppressed part by part (default all)', choice(inputSelections)),
    )
    .addOption(valued('--chunks <size>', 'also suppress the prompt by sentence or paragraph', choice(chunkings)))
    .optionsGroup('Method:')
    .addOption(valued('--f <number>', 'suppression f, at most 1; below 0 amplifies (default 0.9)', number({ most: 1 })))
    .addOption(
      valued(
        '--kappa <cosine>',
        'similarity from which an embedding is a neighbour, -1 to 1 (default 0.7)',
        number({ least: -1, most: 1 }),
      ),
    )
    .option('--no-neighbourhood', 'suppress every input alone, without its neighbours; --kappa then has no effect')
    .addOption(valued('--variant <name>', `${variants.join(', ')} (default shifted)`, choice(variants)))
    .addOption(valued('--layers <list>', 'only in these layers, counted from 0: 0,2-3 (default all)', layerList))
  return addMachineOptions(addQuestionOptions(command))
    .addOption(valued('--batch <count>', 'most passes at once (default: as memory allows)', integer({ least: 1 })))
    .optionsGroup('Output:')
    .addOption(jsonOption('the explanation'))
    .addOption(valued('--csv <file>', 'write the relevance matrix as CSV; - is the standard output', place))
    .addOption(valued('--html <file>', 'write a report that can be clicked, in one file; - is the standard output', place))
    .addOption(valued('--svg <file>', 'write a drawing of the completion (with --token, of that token) as SVG', place))
    .addOption(valued('--sheet <file>', 'write a contact sheet of every token as PNG', place))
    .addOption(
      valued('--out <dir>', 'write an annotated PNG of every token, and one of the whole completion, into this folder', place),
    )
    .addOption(themeOption())
}
