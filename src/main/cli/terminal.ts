import type { Engine, EngineOptions } from '../engine/engine.ts'
import { packageRoot } from '../files/package-root.ts'

/** What the command line asks of an engine. */
export type CommandEngine = Pick<Engine, 'load' | 'generate' | 'explain' | 'jointPasses' | 'close'>

/** What the command line works with; tests bring their own. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly env: NodeJS.ProcessEnv
  /** Folder of the package: models, samples and fonts lie there. */
  readonly root: string
  /** Opens an engine in this process; loaded only when something is to be computed, so that `--help` is quick. */
  openEngine(options: EngineOptions): Promise<CommandEngine>
}

/** The host of the real program. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process
  return {
    stdout,
    stderr,
    stdin,
    env,
    root: packageRoot(),
    openEngine: async (options) => (await import('../engine/local-engine.ts')).openEngine(options),
  }
}
