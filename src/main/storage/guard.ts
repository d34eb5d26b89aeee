import { fail } from '../../shared/domain/failure.ts'
import { sqliteTrouble, storageReason } from './sqlite-trouble.ts'

/**
 * The same store, whose methods turn errors of the disk into expected failures.
 * @param onDamage told when the database turned out to be damaged
 * @throws (from its methods) `library-unusable`; nothing was changed then
 */
export function guard<Store extends object>(store: Store, onDamage: () => void): Store {
  const refuse = (error: unknown): never => {
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
