import { LRUCache } from 'lru-cache'
import type { RasterKind } from '../../shared/contract/library.ts'
import type { WhenceHost } from '../host/host.ts'

/** Pictures as addresses that an image element takes; each is asked for once. */
export interface Rasters {
  readonly address: (sha256: string, kind: RasterKind) => Promise<string>
}

/** Large renderings kept, the least recently used going first; thumbnails are small and stay. */
const keptLarge = 12

/** Makes the cache. */
export function createRasters(host: WhenceHost): Rasters {
  const thumbnails = new Map<string, Promise<string>>()
  const large = new LRUCache<string, Promise<string>>({ max: keptLarge, dispose: revoke })
  const ask = async (sha256: string, kind: RasterKind): Promise<string> => {
    const { mime, bytes } = await host.call(`picture.${kind}`, { sha256 })
    return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mime }))
  }
  return {
    address: (sha256, kind) => {
      const known = kind === 'thumbnail' ? thumbnails : large
      const key = `${kind} ${sha256}`
      const address = known.get(key) ?? ask(sha256, kind)
      known.set(key, address)
      address.catch(() => known.delete(key))
      return address
    },
  }
}

function revoke(address: Promise<string>): void {
  address.then(
    (url) => URL.revokeObjectURL(url),
    // What never came has no address to give back.
    () => {},
  )
}
