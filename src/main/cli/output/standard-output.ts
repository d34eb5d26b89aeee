import { fail } from '../../../shared/contract/failure.ts'
import { fileTrouble } from '../../files/file-trouble.ts'

/**
 * Writes to the standard output and waits until the system has it. A reader that has gone away (`| head -1`) is no error.
 * @throws `output-unwritable`
 */
export async function print(stdout: NodeJS.WritableStream, content: string | Uint8Array): Promise<void> {
  const error = await new Promise<Error | null>((resolve) => {
    stdout.write(content, (problem) => resolve(problem ?? null))
  })
  if (error === null || isReaderGone(error)) return
  fail('output-unwritable', { name: 'standard output', reason: fileTrouble(error) ?? 'it was closed' }, error)
}

/** Keeps a reader that goes away from ending the program with a stack trace; the error also reaches {@link print}. */
export function surviveClosedPipes(...streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) stream.on('error', () => undefined)
}

function isReaderGone(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'
}
