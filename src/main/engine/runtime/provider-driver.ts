import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Provider } from '../../../shared/explanation/parameters.ts'

/** Folders in which a Linux system keeps its libraries; those of the processor's own kind lie one deeper, in a folder such as x86_64-linux-gnu. */
const libraryFolders = ['/usr/lib', '/usr/lib64', '/lib', '/usr/local/lib']

/**
 * Whether the files that a provider cannot do without are there. Looked up before it is tried, because a library that misses them complains on
 * standard error by itself, past every catch.
 */
export function hasDriver(provider: Provider): boolean {
  if (provider === 'cuda')
    return existsSync(
      join(runtimeFolder(), process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'),
    )
  if (provider === 'webgpu') return process.platform !== 'linux' || hasLibrary('libvulkan.so.1')
  return true
}

/** Where onnxruntime-node keeps its native libraries for this machine. */
function runtimeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node')
  return join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch)
}

function hasLibrary(name: string): boolean {
  return libraryFolders.some(
    (folder) => existsSync(join(folder, name)) || subfolders(folder).some((inner) => existsSync(join(inner, name))),
  )
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && entry.name.includes('-linux-') ? [join(folder, entry.name)] : [],
    )
  } catch {
    return []
  }
}
