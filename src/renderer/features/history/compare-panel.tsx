import type { ReactNode } from 'react'
/** Placeholder. */
export function ComparePanel(): ReactNode {
  return null
}
