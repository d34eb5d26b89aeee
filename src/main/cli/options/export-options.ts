import type { Command } from 'commander'
import { exportFormats } from '../../../shared/contract/library.ts'
import type { GivenExportOptions } from './export-choices.ts'
import type { Terminal } from '../terminal.ts'
import { choice, integer, place, tokenList } from './option-values.ts'
import { scaleOption, themeOption, valued } from './options.ts'

/** What the command works with. */
interface Setting {
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Adds `export`. */
export function addExport(program: Command, { terminal, signal }: Setting): void {
  program
    .command('export')
    .description('Write explanations out of the app’s history to a file; several go into one zip archive. The app may be open.')
    .argument('[id...]', 'entries of the history: ids as exported files tell them, or their first letters')
    .addOption(valued('--last <count>', 'the newest entries instead', integer({ least: 1 })))
    .addOption(valued('--profile <dir>', 'where the history is kept (default: the system’s place for it)', place))
    .addOption(valued('--format <name>', `${exportFormats.join(', ')} (default html)`, choice(exportFormats)))
    .addOption(valued('--out <file|dir>', 'where to write; - is the standard output (default: into this folder)', place))
    .addOption(
      valued('--tokens <list>', 'tokens of the completion to show as one, counted from 0: 0,2-3 (default all)', tokenList),
    )
    .addOption(scaleOption())
    .addOption(themeOption())
    .addHelpText('after', `\nExamples:\n${examples}`)
    .action(async (ids: readonly string[], given: GivenExportOptions) => {
      const { exportChoices } = await import('./export-choices.ts')
      const choices = exportChoices(ids, given)
      await (await import('../commands/export-command.ts')).exportCommand(choices, terminal, signal)
    })
}

const examples = [
  '  whence export --last 1                          a report of the newest explanation, to be clicked in a browser',
  '  whence export --last 20 --format png2x --out week.zip',
  '  whence export 3f9c2a1b --format svg --tokens 4 --theme dark --out dog.svg',
].join('\n')
