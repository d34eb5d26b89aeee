/** One call of a member of Electron that sets policy. */
export interface Recorded {
  /** Such as `app.enableSandbox`. */
  readonly name: string
  readonly args: readonly unknown[]
  /** Whether Electron was ready then. */
  readonly ready: boolean
}

const calls: Recorded[] = []
let ready = false

/** Writes down a call. */
export function record(name: string, ...args: readonly unknown[]): void {
  calls.push({ name, args, ready })
}

/** Every call so far of one member, in order. */
export function recorded(name: string): readonly Recorded[] {
  return calls.filter((call) => call.name === name)
}

/** Electron is ready from now on. */
export function becomeReady(): void {
  ready = true
}

/** @throws unless Electron is ready */
export function onlyWhenReady(name: string): void {
  if (!ready) throw new Error(`${name} before Electron is ready`)
}

/** @throws once Electron is ready */
export function onlyBeforeReady(name: string): void {
  if (ready) throw new Error(`${name} after Electron was ready`)
}
