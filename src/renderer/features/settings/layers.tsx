import type { ReactNode } from 'react'

/** Which decoder layers are changed: a button each, or all of them. */
export function Layers({
  count,
  chosen,
  onChange,
}: {
  count: number
  chosen: readonly number[] | null
  onChange: (layers: number[] | null) => void
}): ReactNode {
  const on = (layer: number): boolean => chosen === null || chosen.includes(layer)
  const toggle = (layer: number): void => {
    const next = Array.from({ length: count }, (_, index) => index).filter((index) => (index === layer ? !on(index) : on(index)))
    if (next.length > 0) onChange(next.length === count ? null : next)
  }
  return (
    <div className="parameter layers" role="group" aria-label="Layers">
      <span>layers</span>
      <span className="layer-buttons">
        {Array.from({ length: count }, (_, layer) => (
          <button key={layer} type="button" aria-label={`Layer ${layer}`} aria-pressed={on(layer)} onClick={() => toggle(layer)}>
            {layer}
          </button>
        ))}
      </span>
      <output>{chosen === null ? 'all' : `${chosen.length} of ${count}`}</output>
    </div>
  )
}
