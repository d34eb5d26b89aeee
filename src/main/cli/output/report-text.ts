import type { Terminal } from '../terminal.ts'
import { colourDepth } from './colour-support.ts'
import { plainReport } from './plain-report.ts'
import type { Reported } from './reported.ts'

/** A report in the form that suits where it goes: for a terminal, or for a pipe. */
export async function reportText(about: Reported, { stdout, env }: Pick<Terminal, 'stdout' | 'env'>): Promise<string> {
  const depth = colourDepth(stdout, env)
  if (!stdout.isTTY && depth === 'none') return plainReport(about)
  const { terminalReport } = await import('./terminal-report.ts')
  return terminalReport(about, depth, stdout.columns)
}
