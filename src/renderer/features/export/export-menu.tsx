import type { ReactNode } from 'react'
import { Icon } from '../../components/icon.tsx'
import { Menu } from '../../components/menu.tsx'
import { useTheme } from '../../hooks/theme.ts'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { showPanel } from '../../state/commands/panel.ts'
import { selectExportObstacle } from '../../state/selectors.ts'
import { exportItems } from './export-formats.ts'

/** Gets the shown explanation out of the app, each file with where its numbers come from. */
export function ExportMenu(): ReactNode {
  const { exporting, store } = useWorkspace()
  const theme = useTheme()
  const open = useApp(({ viewing }) => viewing.panel === 'export')
  const obstacle = useApp(selectExportObstacle)
  return (
    <Menu
      name="Export"
      title={obstacle ?? undefined}
      button={
        <>
          Export <Icon name="chevron" size={12} />
        </>
      }
      open={open}
      align="end"
      onOpen={(next) => showPanel(store, 'export', next)}
      items={exportItems.map(({ format, label, hint }) => ({
        label,
        hint,
        disabled: obstacle !== null,
        title: obstacle ?? undefined,
        run: () => exporting.save(format, theme),
      }))}
    />
  )
}
