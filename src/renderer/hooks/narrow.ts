import { useCallback, useSyncExternalStore } from 'react'

/** Whether the window is at most so many CSS pixels wide, as it changes. */
export function useNarrow(width: number): boolean {
  const query = `(max-width: ${width}px)`
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
