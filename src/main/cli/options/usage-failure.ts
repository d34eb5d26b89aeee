import type { CommanderError } from 'commander'
import type { Failure } from '../../../shared/contract/failure.ts'

/** What commander found wrong with the options, as a failure with one sentence. */
export function usageFailure({ code, message }: CommanderError): Failure {
  const [, quoted = ''] = /'(.*?)'/s.exec(message) ?? []
  const [, meant] = /\(Did you mean (?:one of )?(.*?)\?\)/s.exec(message) ?? []
  const hint = meant === undefined ? '; see --help' : `; did you mean ${meant}`
  switch (code) {
    case 'commander.unknownOption':
      return invalid(quoted, `there is no such option${hint}`)
    case 'commander.unknownCommand':
      return invalid(quoted, `there is no such command${hint}`)
    case 'commander.optionMissingArgument':
      return invalid(optionName(quoted), 'its value is missing')
    case 'commander.missingArgument':
      return invalid(quoted, 'it is missing; see --help')
    case 'commander.excessArguments':
      return invalid(`too many arguments for ${quoted}`, 'only one picture or name can be given; see --help')
    default:
      return invalid('command line', message.replace(/^error: /, '').replaceAll(/\s+/g, ' '))
  }
}

function invalid(option: string, reason: string): Failure {
  return { code: 'option-invalid', data: { option, reason } }
}

/** `--prompt` of `--prompt <text>`. */
function optionName(flags: string): string {
  return flags.split(/[ ,]/)[0] ?? flags
}
