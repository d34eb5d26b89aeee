import { join, relative } from 'node:path'
import { explainChoices } from './choices.ts'
import { explainCommand } from './explain-command.ts'
import type { Host } from './host.ts'
import { print } from './standard-output.ts'

/** Until the app is here: says what to run, and runs it on a sample picture, so that there is something to see. */
export async function startCommand(host: Host, signal: AbortSignal): Promise<void> {
  const sample = join(host.root, 'resources', 'samples', 'cats.png')
  await print(host.stdout, 'Whence has no window yet; explain a picture with: npm run explain -- resources/samples/cats.png\n')
  await explainCommand(explainChoices(relative('', sample), {}), host, signal)
}
