import { fail } from '../../../shared/contract/failure.ts'
import { sqliteTrouble, storageReason } from './sqlite-trouble.ts'

/** What a store lies in. */
export interface Guarded {
  /** Whether the session is still on. */
  readonly isOpen: () => boolean
  /** Called when the database turned out to be damaged. */
  readonly onDamage: () => void
}

/**
 * The same store, whose methods turn errors of the disk into expected failures.
 * @throws (from its methods) `library-unusable`, and `cancelled` after the end of the session; nothing was changed then
 */
export function guard<Store extends object>(store: Store, { isOpen, onDamage }: Guarded): Store {
  const refuse = (error: unknown): never => {
    if (!isOpen()) fail('cancelled', {}, error)
    const reason = storageReason(error)
    if (reason === null) throw error
    if (sqliteTrouble(error) === 'damaged') onDamage()
    return fail('library-unusable', { reason }, error)
  }
  const guarded = Object.entries(store).map(([name, method]) => [
    name,
    (...values: unknown[]) => attempt(method as Method, values, refuse),
  ])
  return Object.fromEntries(guarded) as Store
}

type Method = (...values: unknown[]) => unknown

function attempt(method: Method, values: readonly unknown[], refuse: (error: unknown) => never): unknown {
  try {
    const result = method(...values)
    return result instanceof Promise ? result.catch(refuse) : result
  } catch (error) {
    return refuse(error)
  }
}
