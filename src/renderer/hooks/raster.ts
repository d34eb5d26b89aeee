import { useEffect, useState } from 'react'
import type { RasterKind } from '../../shared/contract/library.ts'
import { useWorkspace } from './workspace-context.ts'

/** Address of a rendering of a picture; `null` until it is there. */
export function useRaster(sha256: string | null, kind: RasterKind): string | null {
  const { rasters } = useWorkspace()
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly address: string } | null>(null)
  const key = sha256 === null ? null : `${kind} ${sha256}`
  useEffect(() => {
    let wanted = true
    if (sha256 !== null && key !== null)
      rasters.address(sha256, kind).then(
        (address) => {
          if (wanted) setLoaded({ key, address })
        },
        () => {},
      )
    return () => {
      wanted = false
    }
  }, [rasters, sha256, kind, key])
  return loaded !== null && loaded.key === key ? loaded.address : null
}

/** A rendering of a picture, decoded and ready to be drawn. */
export function useImage(sha256: string | null, kind: RasterKind): HTMLImageElement | null {
  const address = useRaster(sha256, kind)
  const [image, setImage] = useState<HTMLImageElement | null>(null)
  useEffect(() => {
    if (address === null) return undefined
    let wanted = true
    const element = new Image()
    element.src = address
    element.decode().then(
      () => {
        if (wanted) setImage(element)
      },
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [address])
  return address !== null && image?.src === address ? image : null
}
