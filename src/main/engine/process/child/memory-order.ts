import { writeFileSync } from 'node:fs'

/** Linux ends the process with the highest score first when memory runs out; from -1000 to 1000, ordinary programs have 0. */
const outOfMemoryScore = '500'

/** Offers this process first when the machine runs out of memory: the engine can be started again, the host holds the person's work. */
export function goFirstWhenMemoryRunsOut(): void {
  if (process.platform !== 'linux') return
  try {
    writeFileSync('/proc/self/oom_score_adj', outOfMemoryScore)
  } catch {
    // A sandbox may forbid it; then the kernel decides by size alone.
  }
}
