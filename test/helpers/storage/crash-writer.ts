import { openStorage } from '../../../src/main/storage/storage.ts'
import { newEntry, sha256 } from './new-entry.ts'

/** Uses a profile until it is killed: keeps entries and values, each named by the hash of its content, and tells its parent about every one on disk. */
const [folder = '', round = ''] = process.argv.slice(2)
const storage = await openStorage(folder)
process.send?.({ notices: storage.notices })
for (let place = 0; ; place++) {
  const name = `round ${round}, entry ${place}`
  const { id } = storage.history.add(newEntry(name))
  storage.history.note(id, sha256(name))
  const value = Buffer.alloc(20_000, name)
  storage.cache.put('explanation', sha256(value), value)
  process.send?.({ name, value: sha256(value) })
  // A turn of the loop: the message leaves only then.
  await new Promise((resolve) => setImmediate(resolve))
}
