import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device, Provider } from '../../../shared/explanation/parameters.ts'
import { providers } from '../../../shared/explanation/parameters.ts'
import { element } from '../../../shared/values/element.ts'
import { fail } from '../../../shared/contract/failure.ts'
import { matmulModel } from '../../graph/matmul-model.ts'
import { hasDriver } from './provider-driver.ts'
import { builtProviders, floats, openSession } from './session.ts'

/** Edge of the matrices that a provider is tried out with. */
const probeSize = 16

/**
 * Finds the provider that really runs here. Being built in or opening a session proves nothing, so each one multiplies two matrices with profiling on, and the
 * profile says which one did the work. A device asked for by name and not usable is refused; `auto` goes on to the next.
 */
export async function chooseProvider(device: Device): Promise<Provider> {
  if (device === 'cpu') return 'cpu'
  const wanted = device === 'auto' ? providers : [device]
  const built = builtProviders()
  for (const provider of wanted) {
    if (provider === 'cpu') return 'cpu'
    if (built.includes(provider) && hasDriver(provider) && (await reallyRuns(provider))) return provider
  }
  return fail('device-unavailable', {
    device,
    reason: built.includes(device) ? 'its driver or libraries are missing' : 'this build has no support for it',
  })
}

async function reallyRuns(provider: Provider): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'whence-probe-'))
  try {
    await runProbe(provider, join(folder, 'profile'))
    return (await usedProviders(folder)).some((name) => name.toLowerCase().startsWith(provider))
  } catch {
    // A provider that cannot even open a session is simply not usable; the reason is in its own library, not for the person.
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runProbe(provider: Provider, profilePrefix: string): Promise<void> {
  const session = await openSession(matmulModel(), { provider, foldingLimit: 1 << 20, profilePrefix })
  await session.run({ x: floats(new Float32Array(probeSize * probeSize).fill(1), probeSize, probeSize) }, ['y'])
  session.endProfiling()
  await session.release()
}

async function usedProviders(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  const profiles = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return profiles.flatMap((text) => [...text.matchAll(/"provider"\s*:\s*"(\w+)"/g)].map((match) => element(match, 1)))
}
