import { CommanderError } from 'commander'
import type { Failure } from '../../shared/domain/failure.ts'
import { failureOf, sentence } from '../../shared/domain/failure.ts'
import { exitStatuses, exitStatusOf } from './exit-status.ts'
import type { Host } from './host.ts'
import { interruptible } from './interrupt.ts'
import { packageVersion } from './package-root.ts'
import { printable } from './printable.ts'
import { commandLineProgram } from './program.ts'
import { surviveClosedPipes } from './standard-output.ts'
import { usageFailure } from './usage-failure.ts'

/**
 * Runs one command of `whence`. Expected failures become one line on the standard error, `code: sentence`.
 * @param args what stands after the program's name
 * @returns the exit status; see {@link exitStatuses}
 */
export async function runCommandLine(args: readonly string[], host: Host): Promise<number> {
  surviveClosedPipes(host.stdout, host.stderr)
  using interrupt = interruptible(() => tell(host, { code: 'cancelled', data: {} }))
  try {
    const program = commandLineProgram({ host, signal: interrupt.signal, version: packageVersion(host.root) })
    await program.parseAsync(args, { from: 'user' })
    return exitStatuses.done[0]
  } catch (error) {
    return statusAfter(error, host)
  }
}

function statusAfter(error: unknown, host: Host): number {
  if (error instanceof CommanderError) {
    // The text was printed already: help or the version.
    if (error.exitCode === 0) return exitStatuses.done[0]
    if (error.code === 'commander.help') return exitStatuses.usage[0]
    return tell(host, usageFailure(error))
  }
  const failure = failureOf(error)
  return failure === null ? tellBug(error, host) : tell(host, failure)
}

function tell({ stderr }: Host, failure: Failure): number {
  stderr.write(`${failure.code}: ${printable(sentence(failure))}\n`)
  return exitStatusOf(failure.code)
}

function tellBug(error: unknown, { stderr }: Host): number {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  stderr.write(`bug: Whence met an error that it did not expect; please report this with the lines below.\n${details}\n`)
  return exitStatuses.bug[0]
}
