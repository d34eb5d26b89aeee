import type { CSSProperties, ReactNode } from 'react'

/** A slider with its filled part shown. */
export function Slider({
  label,
  value,
  least,
  most,
  step,
  text,
  disabled = false,
  onChange,
}: {
  label: string
  value: number
  least: number
  most: number
  step: number
  /** The value in words, for a screen reader. */
  text?: string
  disabled?: boolean
  onChange: (value: number) => void
}): ReactNode {
  const filled = { '--filled': `${(100 * (value - least)) / (most - least)}%` } as CSSProperties
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={text}
      min={least}
      max={most}
      step={step}
      value={value}
      disabled={disabled}
      style={filled}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  )
}
