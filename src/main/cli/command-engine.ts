import type { EngineOptions } from '../engine/engine.ts'
import { cacheFolder } from './cache-folder.ts'
import type { CommandEngine, Host } from './host.ts'

/** An engine for one command, closed by `await using`. */
export async function openCommandEngine(
  host: Host,
  options: Pick<EngineOptions, 'device' | 'batch'>,
): Promise<CommandEngine & AsyncDisposable> {
  // One question per run: an image bank would be filled and thrown away.
  const engine = await host.openEngine({ ...options, bankMiB: 0, cacheFolder: cacheFolder(host.env) })
  return Object.assign(engine, { [Symbol.asyncDispose]: () => engine.close() })
}
