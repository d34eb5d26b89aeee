import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { ResponseOf } from '../../../shared/contract/types.ts'
import { Icon } from '../../components/icon.tsx'
import { Menu } from '../../components/menu.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import { showPanel } from '../../state/commands/panel.ts'

/** File types taken; the app judges by content, this only narrows the dialog. */
const accepted = 'image/jpeg,image/png,image/webp,image/gif,image/tiff'

/** Name of the hidden file field behind the button. */
export const fileFieldId = 'picture-file'

/** Opens a picture: the system's dialog on the desktop, a file field in a browser; beside it the samples. */
export function OpenPicture(): ReactNode {
  const { opening } = useWorkspace()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div className="open-picture" role="group" aria-label="Picture">
      <button
        type="button"
        className="button"
        aria-label="Open picture"
        title="Open picture (Ctrl+O)"
        onClick={() => field.current?.click()}
      >
        <Icon name="picture" /> <span className="wide-only">Open picture</span>
      </button>
      <input
        ref={field}
        id={fileFieldId}
        type="file"
        accept={accepted}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) opening.file(file)
          event.target.value = ''
        }}
      />
      <SampleMenu />
    </div>
  )
}

/** The sample pictures; asked for once. */
export function useSamples(): ResponseOf<'samples.list'> {
  const { host, store } = useWorkspace()
  const [samples, setSamples] = useState<ResponseOf<'samples.list'>>([])
  const ready = useApp(({ app }) => app !== null)
  useEffect(() => {
    if (ready) attempt(store, async () => setSamples(await host.call('samples.list', {})))
  }, [host, store, ready])
  return samples
}

function SampleMenu(): ReactNode {
  const { opening, store } = useWorkspace()
  const open = useApp(({ viewing }) => viewing.panel === 'open')
  const samples = useSamples()
  const items = [
    ...samples.map(({ name, note }) => ({ label: name, hint: note, run: () => opening.sample(name) })),
    { label: 'No picture, text only', run: opening.withoutPicture },
  ]
  return (
    <Menu
      name="Samples"
      className="button caret-button"
      button={<Icon name="chevron" size={12} />}
      open={open}
      items={items}
      onOpen={(next) => showPanel(store, 'open', next)}
    />
  )
}
