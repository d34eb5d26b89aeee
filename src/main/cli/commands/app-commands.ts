import type { Command } from 'commander'
import { Option } from 'commander'
import type { Terminal } from '../terminal.ts'
import { anyText, integer, place } from '../options/option-values.ts'
import { valued } from '../options/options.ts'
import type { GivenServeOptions } from '../options/serve-choices.ts'

/** What the commands work with. */
interface Setting {
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Adds `serve`. */
export function addServe(program: Command, { terminal, signal }: Setting): void {
  const command = program
    .command('serve')
    .description('Serve the app to a browser on this machine. Prints one line: the address to open.')
    .addOption(valued('--port <number>', 'port of 127.0.0.1 (default: any that is free)', integer({ least: 0, most: 65_535 })))
    .addOption(valued('--socket <path>', 'a Unix socket instead, for ssh -L', place))
    .addOption(
      valued('--public-origin <url>', 'an address under which a tunnel leads here, such as http://localhost:9999', anyText),
    )
    .option('--open', 'open a browser')
    // Named so that the refusal of 0.0.0.0 can say why.
    .addOption(new Option('--host <address>', 'a loopback address').hideHelp())
  addPlaces(command)
    .addHelpText('after', `\nExamples:\n${serveExamples}`)
    .action(async (given: GivenServeOptions) => {
      const { serveChoices } = await import('../options/serve-choices.ts')
      const choices = serveChoices(given)
      await (await import('./serve-command.ts')).serveCommand(choices, terminal, signal)
    })
}

const serveExamples = [
  '  whence serve --open',
  '  whence serve --port 8765 --profile ./study',
  '  ssh -L 8765:127.0.0.1:8765 workstation    then open the printed address here (docs/serve.md)',
].join('\n')

/** Adds `start`. */
export function addStart(program: Command, { terminal, signal }: Setting): void {
  const command = program
    .command('start')
    .description('Open the desktop app; where its program is not installed, the same app in a browser.')
  addPlaces(command)
    .addHelpText('after', '\nExample:\n  npm start')
    .action(async (given: GivenServeOptions) => {
      const { placesChoice } = await import('../options/serve-choices.ts')
      await (await import('./start-command.ts')).startCommand(placesChoice(given), terminal, signal)
    })
}

function addPlaces(command: Command): Command {
  return command
    .addOption(valued('--profile <dir>', 'where history and settings are kept (default: the system’s place for it)', place))
    .addOption(valued('--models <dir>', 'a folder of more models', place))
}
