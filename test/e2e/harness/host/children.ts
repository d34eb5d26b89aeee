import { readFileSync } from 'node:fs'

/** Processes that a process started, by Linux's table of processes; elsewhere none are found. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
