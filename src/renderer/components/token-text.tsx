import type { ReactNode } from 'react'

/** A token's text, exactly; the white space around it is drawn thin, line breaks and tabs as marks that are no text. */
export function TokenText({ text }: { text: string }): ReactNode {
  const [, before = '', visible = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return (
    <>
      <Space text={before} alone={visible === ''} />
      {visible}
      <Space text={after} alone={false} />
    </>
  )
}

function Space({ text, alone }: { text: string; alone: boolean }): ReactNode {
  if (text === '') return null
  const kind = text.includes('\n') ? 'break' : text.includes('\t') ? 'tab' : alone ? 'blank' : 'thin'
  return <span className={`space ${kind}`}>{text}</span>
}
