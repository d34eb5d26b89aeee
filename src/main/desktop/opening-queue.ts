/** Asks from outside to open pictures: kept until somebody can. An ask without pictures only brings the window forward. */
export interface OpeningQueue {
  open(files: readonly string[]): void
  /** From now on the asks go there, beginning with those that wait. */
  attend(listener: (files: readonly string[]) => void): void
}

/** @param files what the app was started with */
export function openingQueue(files: readonly string[]): OpeningQueue {
  const waiting: (readonly string[])[] = files.length > 0 ? [files] : []
  let attending: ((files: readonly string[]) => void) | null = null
  return {
    open: (asked) => {
      if (attending === null) waiting.push(asked)
      else attending(asked)
    },
    attend: (listener) => {
      attending = listener
      for (const asked of waiting.splice(0)) listener(asked)
    },
  }
}
