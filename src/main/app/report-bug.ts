/** Writes a bug to a log in full: its stack stays on this machine and is sent nowhere. */
export function bugReporter(log: (line: string) => void): (error: unknown, method: string) => void {
  return (error, method) => {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log(`bug in ${method}: ${details}`)
  }
}
