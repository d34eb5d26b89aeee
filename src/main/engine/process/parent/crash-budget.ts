/** Crashes in a row after which a model is not started again. */
const crashesAllowed = 2

/**
 * Keeps a model that crashes the engine from doing so for ever: after two crashes with no finished job between, it is in quarantine
 * until another model is loaded or the host starts again.
 */
export class CrashBudget {
  readonly #crashes = new Map<string, number>()

  /** Whether the model may not be started. */
  refuses(model: string): boolean {
    const crashes = this.#crashes.get(model)
    return crashes !== undefined && crashes >= crashesAllowed
  }

  /** The process ended, or had to be ended, under this model. */
  crashed(model: string): void {
    const before = this.#crashes.get(model)
    this.#crashes.set(model, before === undefined ? 1 : before + 1)
  }

  /** A job of this model was done to its end. */
  finished(model: string): void {
    this.#crashes.delete(model)
  }

  /** A model was loaded: all others start afresh. Loading proves nothing about the model itself. */
  loaded(model: string): void {
    for (const other of [...this.#crashes.keys()]) if (other !== model) this.#crashes.delete(other)
  }
}
