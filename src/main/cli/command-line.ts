import { CommanderError } from 'commander'
import type { Failure } from '../../shared/contract/failure.ts'
import { failureOf, sentence } from '../../shared/contract/failure.ts'
import { exitStatuses, exitStatusOf } from './exit-status.ts'
import type { Terminal } from './terminal.ts'
import { interruptible } from './interrupt.ts'
import { packageVersion } from '../files/package-root.ts'
import { printable } from './output/printable.ts'
import { commandLineProgram } from './program.ts'
import { surviveClosedPipes } from './output/standard-output.ts'
import { usageFailure } from './options/usage-failure.ts'

/**
 * Runs one command of `whence`. Expected failures become one line on the standard error, `code: sentence`.
 * @param args what stands after the program's name
 * @returns the exit status; see {@link exitStatuses}
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  surviveClosedPipes(terminal.stdout, terminal.stderr)
  using interrupt = interruptible(() => report(terminal, { code: 'cancelled', data: {} }))
  try {
    const program = commandLineProgram({ terminal, signal: interrupt.signal, version: packageVersion(terminal.root) })
    await program.parseAsync(args, { from: 'user' })
    return exitStatuses.done[0]
  } catch (error) {
    return statusAfter(error, terminal)
  }
}

function statusAfter(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    // The text was printed already: help or the version.
    if (error.exitCode === 0) return exitStatuses.done[0]
    if (error.code === 'commander.help') return exitStatuses.usage[0]
    return report(terminal, usageFailure(error))
  }
  const failure = failureOf(error)
  return failure === null ? reportBug(error, terminal) : report(terminal, failure)
}

function report({ stderr }: Terminal, failure: Failure): number {
  stderr.write(`${failure.code}: ${printable(sentence(failure))}\n`)
  return exitStatusOf(failure.code)
}

function reportBug(error: unknown, { stderr }: Terminal): number {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  stderr.write(`bug: Whence met an error that it did not expect; please report this with the lines below.\n${details}\n`)
  return exitStatuses.bug[0]
}
