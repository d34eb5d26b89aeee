import type { EngineOptions } from '../../engine/engine.ts'
import { cacheFolder } from '../../files/cache-folder.ts'
import type { CommandEngine, Terminal } from '../terminal.ts'

/** An engine for one command, closed by `await using`. */
export async function openCommandEngine(
  terminal: Terminal,
  options: Pick<EngineOptions, 'device' | 'batch'>,
): Promise<CommandEngine & AsyncDisposable> {
  // One question per run: an image bank would be filled and thrown away.
  const engine = await terminal.openEngine({ ...options, bankMiB: 0, cacheFolder: cacheFolder(terminal.env) })
  return Object.assign(engine, { [Symbol.asyncDispose]: () => engine.close() })
}
