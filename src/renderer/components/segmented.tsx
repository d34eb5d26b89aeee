import { useId } from 'react'
import type { ReactNode } from 'react'

/** A few exclusive choices side by side: radio buttons. */
export function Segmented<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string
  value: Value
  choices: readonly (readonly [value: Value, name: string])[]
  onChange: (value: Value) => void
}): ReactNode {
  const name = useId()
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {choices.map(([choice, text]) => (
        <label key={choice} className={choice === value ? 'on' : ''}>
          <input type="radio" name={name} checked={choice === value} onChange={() => onChange(choice)} />
          {text}
        </label>
      ))}
    </div>
  )
}
