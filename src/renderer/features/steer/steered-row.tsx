import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { difference } from './token-alignment.ts'
import type { GeneratedToken } from '../../../shared/explanation/record.ts'
import { TokenText } from '../../components/token-text.tsx'
import { Icon } from '../../components/icon.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'

/** The plain and the steered completion, one under the other; tokens that only one of them has are marked. */
export function SteeredRow(): ReactNode {
  const { steering } = useWorkspace()
  const result = useApp((state) => state.steering.result)
  const plain = useApp(({ explaining }) => explaining.answer?.known.completion)
  const compared = useMemo(() => {
    if (result === null || plain === undefined) return null
    return difference(
      plain.map(({ id }) => id),
      result.tokens.map(({ id }) => id),
    )
  }, [result, plain])
  if (result === null || plain === undefined || compared === null) return null
  const same = result.finished && compared.first.every(Boolean) && compared.second.every(Boolean)
  return (
    <div className="steered" role="group" aria-label="Steered completion">
      <span className="side">plain</span>
      <Text tokens={plain} kept={result.finished ? compared.first : plain.map(() => true)} label="Plain completion" />
      <span className="side">steered</span>
      <Text tokens={result.tokens} kept={compared.second} label="Steered tokens" />
      <span className="verdict">{!result.finished ? 'writing…' : same ? 'the same text' : ''}</span>
      <button type="button" className="icon-button small" aria-label="Close the steered completion" onClick={steering.clear}>
        <Icon name="close" size={12} />
      </button>
    </div>
  )
}

function Text({
  tokens,
  kept,
  label,
}: {
  tokens: readonly GeneratedToken[]
  kept: readonly boolean[]
  label: string
}): ReactNode {
  return (
    <p className="steered-text" aria-label={label}>
      {tokens.map(({ text }, index) =>
        kept[index] === false ? (
          <mark key={index}>
            <TokenText text={text} />
          </mark>
        ) : (
          <span key={index}>
            <TokenText text={text} />
          </span>
        ),
      )}
    </p>
  )
}
