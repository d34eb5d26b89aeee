import type { ReactNode } from 'react'
/** Placeholder. */
export function MatrixView(): ReactNode {
  return null
}
