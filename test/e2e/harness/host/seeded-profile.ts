import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultSampling, defaultSuppression } from '../../../../src/shared/explanation/parameters.ts'
import { openStorage } from '../../../../src/main/storage/storage.ts'

const animals = ['cat', 'dog', 'fox', 'owl', 'bear']

/** A new profile whose history has so many entries already; their numbers are not kept. The oldest is “entry 1 …”. */
export async function seededProfile(entries: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'whence-e2e-'))
  const storage = await openStorage(folder)
  for (let number = 1; number <= entries; number += 1) {
    storage.history.add({
      cacheKey: `seeded ${number}`,
      picture: null,
      model: { name: 'whence-scenes', sha256: '0'.repeat(64) },
      prompt: `Story ${number}: the`,
      completion: ` entry ${number} of the ${animals[number % animals.length] ?? ''}.`,
      question: {
        target: null,
        sampling: defaultSampling,
        suppression: { ...defaultSuppression, layers: null },
        targets: 'all',
        chunks: null,
      },
    })
  }
  storage.close()
  return folder
}
