import type { ReactNode } from 'react'
import { useSamples } from './open-picture.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'

/** What the stage shows while there is no answer. */
export function Welcome(): ReactNode {
  const trouble = useApp((state) => state.trouble)
  const forgotten = useApp(({ explaining }) => explaining.forgotten)
  const ready = useApp(({ app }) => app !== null)
  if (trouble !== null) return <Empty title="Whence could not start">{trouble}</Empty>
  if (forgotten !== null) return <Forgotten />
  if (!ready) return <Empty title="Starting…">The model is being loaded.</Empty>
  return <Invitation />
}

function Empty({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className="welcome">
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  )
}

function Forgotten(): ReactNode {
  const { explaining, store } = useWorkspace()
  return (
    <div className="welcome">
      <h2>The numbers are no longer kept</h2>
      <p>This explanation is in the history, but its numbers had to make room. They can be computed again.</p>
      <button type="button" className="button primary" onClick={() => attempt(store, explaining.again)}>
        Compute again
      </button>
    </div>
  )
}

function Invitation(): ReactNode {
  const { opening } = useWorkspace()
  const samples = useSamples()
  return (
    <div className="welcome">
      <h2>Which part of the picture made it say that?</h2>
      <p>Drop, paste or open a picture. Or begin with a sample; or write a text without any picture.</p>
      <div className="samples">
        {samples.map(({ name, note }) => (
          <button key={name} type="button" className="button" title={note} onClick={() => opening.sample(name)}>
            {name}
          </button>
        ))}
      </div>
    </div>
  )
}
