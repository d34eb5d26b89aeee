import { useEffect, useSyncExternalStore } from 'react'
import type { Theme } from '../../shared/colour/ramp.ts'
import { useApp } from './workspace-context.ts'

const darkSystem = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')

function subscribe(changed: () => void): () => void {
  const query = darkSystem()
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** The theme shown: the one chosen, or the system's. */
export function useTheme(): Theme {
  const chosen = useApp(({ settings }) => settings.theme)
  const dark = useSyncExternalStore(subscribe, () => darkSystem().matches)
  return chosen === 'system' ? (dark ? 'dark' : 'light') : chosen
}

/** Writes the theme on the document, where the style sheets look for it. */
export function useDocumentTheme(): void {
  const theme = useTheme()
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}
