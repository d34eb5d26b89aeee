/** Measures the stages of one piece of work, in milliseconds. */
export interface Timer<Stage extends string> {
  /** Ends a stage: the time since the last call belongs to it. */
  lap(stage: Stage): void
  /** Milliseconds of each stage so far; 0 for one that has not ended. */
  readonly stages: Readonly<Record<Stage, number>>
}

/** Starts measuring now. */
export function startTimer<Stage extends string>(...names: readonly Stage[]): Timer<Stage> {
  const stages = Object.fromEntries(names.map((name) => [name, 0])) as Record<Stage, number>
  let last = performance.now()
  return {
    stages,
    lap: (stage) => {
      const now = performance.now()
      stages[stage] += now - last
      last = now
    },
  }
}
