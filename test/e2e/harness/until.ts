/** How long a wait may take, in milliseconds: only ends a hang. */
const most = 45_000
const pause = 25

/** Waits until something is so. @param what it is, for the message when it never is */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + most
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
