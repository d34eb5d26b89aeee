import { Command } from 'commander'
import { addServe, addStart } from './commands/app-commands.ts'
import type { GivenOptions } from './options/choices.ts'
import { explainChoices, writingChoices } from './options/choices.ts'
import { exitStatusHelp } from './exit-status.ts'
import { addExport } from './options/export-options.ts'
import type { Terminal } from './terminal.ts'
import { addExplainOptions, addMachineOptions, addWritingOptions, jsonOption } from './options/options.ts'

/** What the commands work with. */
export interface Setting {
  readonly terminal: Terminal
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  readonly version: string
}

/** The command line of Whence. What a command needs is loaded when it runs, so that `--help` is quick. */
export function commandLineProgram(setting: Setting): Command {
  const program = new Command('whence')
  const { stdout, stderr } = setting.terminal
  program
    .description('Which part of the picture and which words made the model say this token?')
    .version(setting.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => (stdout.isTTY ? stdout.columns : 100),
    })
    .addHelpText('after', `\nExamples:\n${programExamples}\n\nExit statuses:\n${exitStatusHelp()}`)
  addExplain(program, setting)
  addGenerate(program, setting)
  addExport(program, setting)
  addModels(program, setting)
  addBench(program, setting)
  addServe(program, setting)
  addStart(program, setting)
  return program
}

const programExamples = [
  '  whence explain photo.png                       explain every token of the caption',
  '  whence explain photo.png --out maps            also draw an annotated PNG of every token',
  '  whence explain photo.png --json - | jq .targets',
  '  whence help explain                            all options of a command',
].join('\n')

function addExplain(program: Command, { terminal, signal }: Setting): void {
  const command = program
    .command('explain')
    .description('Write a completion and explain every token of it: which patches of the picture and which words it needed.')
    .argument('[picture]', 'JPEG, PNG, WebP, GIF or TIFF; without one, the prompt is a document of text')
  addExplainOptions(addWritingOptions(command))
    .addHelpText('after', `\nExamples:\n${explainExamples}`)
    .action(async (picture: string | undefined, given: GivenOptions) => {
      const choices = explainChoices(picture, given)
      await (await import('./commands/explain-command.ts')).explainCommand(choices, terminal, signal)
    })
}

const explainExamples = [
  '  whence explain cats.png',
  '  whence explain cats.png --html cats.html       a report that can be clicked, in one file',
  '  whence explain cats.png --prompt "Q: How many cats are there? A:" --out maps',
  '  whence explain cats.png --target " two dogs" --token 1 --json dogs.json',
  '  whence explain --prompt-file report.txt --chunks paragraph --csv report.csv',
].join('\n')

function addGenerate(program: Command, { terminal, signal }: Setting): void {
  const command = program
    .command('generate')
    .description('Write a completion.')
    .argument('[picture]', 'JPEG, PNG, WebP, GIF or TIFF; without one, the prompt is all there is')
  addMachineOptions(addWritingOptions(command))
    .optionsGroup('Output:')
    .addOption(jsonOption('the completion'))
    .addHelpText('after', `\nExamples:\n${generateExamples}`)
    .action(async (picture: string | undefined, given: GivenOptions) => {
      const choices = writingChoices(picture, given)
      await (await import('./commands/generate-command.ts')).generateCommand(choices, terminal, signal)
    })
}

const generateExamples = [
  '  whence generate cats.png',
  '  whence generate cats.png --prompt "Q: What color is the dog? A:" --temperature 0.8 --seed 3',
  '  whence generate --prompt "The cat" --max-new-tokens 20 --json -',
].join('\n')

function addModels(program: Command, { terminal }: Setting): void {
  const models = program.command('models').description('List the models, or describe one.')
  models
    .command('list')
    .description('The models that come with Whence: name, kind, what it knows.')
    .addOption(jsonOption('the list'))
    .action(async ({ json }: GivenOptions) => {
      await (await import('./commands/models-command.ts')).listModelsCommand(json ?? null, terminal)
    })
  models
    .command('info')
    .description('Everything known about one model.')
    .argument('[name]', 'a model that comes with Whence, or a folder', 'whence-scenes')
    .addOption(jsonOption('the description'))
    .action(async (name: string, { json }: GivenOptions) => {
      await (await import('./commands/models-command.ts')).modelInfoCommand(name, json ?? null, terminal)
    })
  models.addHelpText('after', '\nExamples:\n  whence models list\n  whence models info whence-scenes --json -')
}

function addBench(program: Command, { terminal }: Setting): void {
  program
    .command('bench')
    .description('Measure how fast and how large explaining is on this machine.')
    .addOption(jsonOption('the measurements'))
    .addHelpText('after', '\nExamples:\n  whence bench\n  whence bench --json figures.json')
    .action(async ({ json }: GivenOptions) => {
      await (await import('./commands/bench.ts')).runBench(json ?? null, terminal)
    })
}
