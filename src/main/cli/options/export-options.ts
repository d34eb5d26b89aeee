import type { Command } from 'commander'
import type { GivenExportOptions } from './export-choices.ts'
import { exportChoices, textFormats } from './export-choices.ts'
import type { Terminal } from '../terminal.ts'
import { choice, integer, place } from './option-values.ts'
import { addQuestionOptions, themeOption, valued } from './options.ts'

/** What the command works with. */
interface Setting {
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Adds `export`. */
export function addExport(program: Command, { terminal, signal }: Setting): void {
  const command = program
    .command('export')
    .description(
      'Write explanations out of the app’s history, or out of --json files; several go into one zip archive. The app may be open.',
    )
    .argument('[id|file...]', 'entries by id, as exported files tell it, or its first letters; explanation files end in .json')
  addQuestionOptions(command)
    .addOption(valued('--compare <id>', 'another entry, drawn beside it on the same scale', place))
    .optionsGroup('Output:')
    .addOption(valued('--last <count>', 'the newest entries instead', integer({ least: 1 })))
    .addOption(valued('--profile <dir>', 'where the history is kept (default: the system’s place for it)', place))
    .addOption(valued('--picture <file>', 'the picture that an explanation file is about', place))
    .addOption(
      valued(
        '--format <name>',
        `${textFormats.join(', ')} (default html); text is the report of a terminal`,
        choice(textFormats),
      ),
    )
    .addOption(valued('--out <file|dir>', 'where to write; - is the standard output (default: into this folder; text: -)', place))
    .addOption(themeOption())
    .addHelpText('after', `\nExamples:\n${examples}`)
    .action(async (names: readonly string[], given: GivenExportOptions) => {
      const choices = exportChoices(names, given)
      await (await import('../commands/export-command.ts')).exportCommand(choices, terminal, signal)
    })
}

const examples = [
  '  whence export --last 1                          a report of the newest explanation, to be clicked in a browser',
  '  whence export --last 20 --format png2x --out week.zip',
  '  whence export 3f9c2a1b --format svg --tokens 4 --theme dark --out dog.svg',
  '  whence export cats.json --picture cats.png --format svg --tokens 4 --why-not cat',
  '  whence export cats.json --format text --without "10,8 10,9"',
].join('\n')
