import type { ReactNode } from 'react'
/** Placeholder. */
export function RelevanceTable(): ReactNode {
  return null
}
