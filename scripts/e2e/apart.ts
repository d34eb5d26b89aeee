import { spawnSync } from 'node:child_process'

/** Environment variable that is `1` in a process that sees no network but loopback. */
export const apartVariable = 'WHENCE_APART'

/** A program to be started. */
export interface Started {
  readonly command: string
  readonly words: readonly string[]
  /** Whether it will see no network but loopback. */
  readonly isApart: boolean
}

const script = 'ip link set lo up && exec "$@"'

/** The program in a network namespace with loopback alone; as it is where the machine permits none (it takes Linux, `unshare` and `ip`). */
export function apart(command: string, words: readonly string[]): Started {
  const wrapped = ['-rn', 'sh', '-c', script, 'sh']
  const permitted = process.platform === 'linux' && spawnSync('unshare', [...wrapped, 'true'], { stdio: 'ignore' }).status === 0
  return permitted
    ? { command: 'unshare', words: [...wrapped, command, ...words], isApart: true }
    : { command, words, isApart: false }
}
