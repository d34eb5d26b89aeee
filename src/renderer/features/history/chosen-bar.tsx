import { useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../../components/icon.tsx'
import { Menu } from '../../components/menu.tsx'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { exportItems } from '../export/export-formats.ts'

/** What can be done with several entries at once. */
export function ChosenBar(): ReactNode {
  const { history, exporting } = useWorkspace()
  const theme = useTheme()
  const chosen = useApp(({ library }) => library.chosen)
  const [open, setOpen] = useState(false)
  if (chosen.size === 0) return null
  const ids = [...chosen]
  return (
    <div className="chosen-bar" role="group" aria-label="Chosen explanations">
      <span>{chosen.size} chosen</span>
      <span className="spring" />
      <Menu
        name="Export the chosen"
        className="link"
        button="Export"
        open={open}
        align="end"
        onOpen={setOpen}
        items={exportItems.map(({ format, label, hint }) => ({ label, hint, run: () => exporting.save(format, theme, ids) }))}
      />
      <button type="button" className="link" onClick={() => history.remove(ids)}>
        Delete
      </button>
      <button type="button" className="icon-button small" aria-label="Choose none" onClick={() => history.choose(null)}>
        <Icon name="close" size={12} />
      </button>
    </div>
  )
}
