import { useCallback, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { Splitter } from '../components/splitter.tsx'
import { ComparePanel } from '../features/history/compare-panel.tsx'
import { HistoryPane } from '../features/history/history-pane.tsx'
import { Legend } from '../features/heatmap/legend.tsx'
import { fileFieldId } from '../features/image/open-picture.tsx'
import { PictureStage } from '../features/image/stage.tsx'
import { TextStage } from '../features/image/text-stage.tsx'
import { Welcome } from '../features/image/welcome.tsx'
import { MatrixView } from '../features/matrix/matrix-view.tsx'
import { RelevanceTable } from '../features/matrix/relevance-table.tsx'
import { PromptBar } from '../features/prompt/prompt-bar.tsx'
import { Licences } from '../features/settings/licences.tsx'
import { SteeredRow } from '../features/steer/steered-row.tsx'
import { TokenRow } from '../features/tokens/token-row.tsx'
import { DropZone } from './drop-zone.tsx'
import { FirstRun } from './first-run.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { Inspector } from './inspector.tsx'
import { useNews } from './news.ts'
import { Notices } from './notices.tsx'
import { useShortcuts } from './shortcuts.ts'
import { useDocumentTheme } from '../hooks/theme.ts'
import { Toolbar } from './toolbar.tsx'
import { useApp, useWorkspace } from '../hooks/workspace-context.ts'

/** The window. */
export function App(): ReactNode {
  const { preferences } = useWorkspace()
  const { left, right } = useApp(({ settings }) => settings.panes)
  const leftOpen = useApp(({ viewing }) => viewing.leftOpen)
  const rightOpen = useApp(({ viewing }) => viewing.rightOpen)
  const openPicture = useCallback(() => document.getElementById(fileFieldId)?.click(), [])
  useDocumentTheme()
  useShortcuts(openPicture)
  useNews(openPicture)
  const panes = { '--left': `${left}px`, '--right': `${right}px` } as CSSProperties
  return (
    <div
      className={`app ${leftOpen ? 'left-open' : ''} ${rightOpen ? 'right-open' : ''} ${left === 0 ? 'no-left' : ''} ${right === 0 ? 'no-right' : ''}`}
      style={panes}
    >
      <Header />
      <HistoryPane />
      <Splitter
        label="Width of the history"
        value={left}
        least={160}
        most={420}
        towards="right"
        onChange={(next) => preferences.set({ panes: { left: next, right } })}
      />
      <Centre />
      <Splitter
        label="Width of the explanation"
        value={right}
        least={260}
        most={520}
        towards="left"
        onChange={(next) => preferences.set({ panes: { left, right: next } })}
      />
      <Inspector />
      <Footer />
      <Licences />
      <Notices />
      <DropZone />
    </div>
  )
}

function Centre(): ReactNode {
  const comparing = useApp((state) => state.comparing !== null)
  const [tools, setTools] = useState<HTMLElement | null>(null)
  return (
    <main className="centre">
      <Toolbar onTools={setTools} />
      <FirstRun />
      <div className="view">{comparing ? <ComparePanel /> : <View tools={tools} />}</div>
      <Legend />
      <div className="write">
        <PromptBar />
        <TokenRow />
        <SteeredRow />
      </div>
    </main>
  )
}

/** @param tools place in the toolbar for the tools of the view */
function View({ tools }: { tools: HTMLElement | null }): ReactNode {
  const view = useApp(({ settings }) => settings.view)
  const answered = useApp(({ explaining }) => explaining.answer !== null)
  const picture = useApp(
    ({ explaining, asking }) => (explaining.answer === null ? asking.picture : explaining.answer.asked.picture) !== null,
  )
  if (!answered) return <Welcome />
  if (view === 'table') return <RelevanceTable />
  if (view === 'matrix') return <MatrixView />
  return picture ? <PictureStage tools={tools} /> : <TextStage />
}
