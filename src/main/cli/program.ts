import { Command } from 'commander'
import { addServe, addStart } from './app-commands.ts'
import type { GivenOptions } from './choices.ts'
import { explainChoices, writingChoices } from './choices.ts'
import { exitStatusHelp } from './exit-status.ts'
import { addExport } from './export-options.ts'
import type { Host } from './host.ts'
import { addExplainOptions, addMachineOptions, addWritingOptions, jsonOption } from './options.ts'

/** What the commands work with. */
export interface Setting {
  readonly host: Host
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  readonly version: string
}

/** The command line of Whence. What a command needs is loaded when it runs, so that `--help` is quick. */
export function commandLineProgram(setting: Setting): Command {
  const program = new Command('whence')
  const { stdout, stderr } = setting.host
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

function addExplain(program: Command, { host, signal }: Setting): void {
  const command = program
    .command('explain')
    .description('Write a completion and explain every token of it: which patches of the picture and which words it needed.')
    .argument('[picture]', 'JPEG, PNG, WebP, GIF or TIFF; without one, the prompt is a document of text')
  addExplainOptions(addWritingOptions(command))
    .addHelpText('after', `\nExamples:\n${explainExamples}`)
    .action(async (picture: string | undefined, given: GivenOptions) => {
      const choices = explainChoices(picture, given)
      await (await import('./explain-command.ts')).explainCommand(choices, host, signal)
    })
}

const explainExamples = [
  '  whence explain cats.png',
  '  whence explain cats.png --html cats.html       a report that can be clicked, in one file',
  '  whence explain cats.png --prompt "Q: How many cats are there? A:" --out maps',
  '  whence explain cats.png --target " two dogs" --token 1 --json dogs.json',
  '  whence explain --prompt-file report.txt --chunks paragraph --csv report.csv',
].join('\n')

function addGenerate(program: Command, { host, signal }: Setting): void {
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
      await (await import('./generate-command.ts')).generateCommand(choices, host, signal)
    })
}

const generateExamples = [
  '  whence generate cats.png',
  '  whence generate cats.png --prompt "Q: What color is the dog? A:" --temperature 0.8 --seed 3',
  '  whence generate --prompt "The cat" --max-new-tokens 20 --json -',
].join('\n')

function addModels(program: Command, { host }: Setting): void {
  const models = program.command('models').description('List the models, or tell about one.')
  models
    .command('list')
    .description('The models that come with Whence: name, kind, what it knows.')
    .addOption(jsonOption('the list'))
    .action(async ({ json }: GivenOptions) => {
      await (await import('./models-command.ts')).listModelsCommand(json ?? null, host)
    })
  models
    .command('info')
    .description('Everything known about one model.')
    .argument('[name]', 'a model that comes with Whence, or a folder', 'whence-scenes')
    .addOption(jsonOption('the description'))
    .action(async (name: string, { json }: GivenOptions) => {
      await (await import('./models-command.ts')).modelInfoCommand(name, json ?? null, host)
    })
  models.addHelpText('after', '\nExamples:\n  whence models list\n  whence models info whence-scenes --json -')
}

function addBench(program: Command, { host }: Setting): void {
  program
    .command('bench')
    .description('Measure how fast and how large explaining is on this machine.')
    .addOption(jsonOption('the measurements'))
    .addHelpText('after', '\nExamples:\n  whence bench\n  whence bench --json figures.json')
    .action(async ({ json }: GivenOptions) => {
      await (await import('./bench.ts')).runBench(json ?? null, host)
    })
}
