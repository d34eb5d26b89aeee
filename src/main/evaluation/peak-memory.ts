import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** TypeScript in a checkout, JavaScript when built. */
const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const program = new URL(`./peak-memory-program.${ending}`, import.meta.url)

/** What a fresh process does before it reports its peak. */
export type MemoryTask = 'generate' | 'sweep'

/** Peak resident memory of a fresh process that loads the model and does one thing, in MiB. */
export async function peakMemory(task: MemoryTask, modelFolder: string, picture: string, bankMiB: number): Promise<number> {
  const args = [fileURLToPath(program), task, modelFolder, picture, String(bankMiB)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return Number(stdout)
}
