import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { ModelInfo } from '../../../shared/explanation/model/model-info.ts'
import type { ResponseOf } from '../../../shared/contract/types.ts'
import { Icon } from '../../components/icon.tsx'
import { Popover } from '../../components/popover.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { attempt } from '../../state/commands/notify.ts'
import { showPanel } from '../../state/commands/panel.ts'

const devices = { cpu: 'CPU', cuda: 'CUDA', webgpu: 'WebGPU' } as const

/** The loaded model: what it is, what it knows, and how to bring another. */
export function ModelMenu(): ReactNode {
  const { store } = useWorkspace()
  const app = useApp((state) => state.app)
  const open = useApp(({ viewing }) => viewing.panel === 'models')
  if (app === null) return <span className="pill waiting">loading the model…</span>
  const { model, provider } = app
  const shape = model.grid === null ? 'text only' : `${model.grid.columns}×${model.grid.rows}`
  return (
    <Popover
      name={`Model ${model.name}`}
      className="pill"
      named
      open={open}
      onOpen={(next) => showPanel(store, 'models', next)}
      button={
        <>
          <b>{model.name}</b>
          <span className="pill-detail">
            {shape} · {model.precision} · {devices[provider]}
          </span>
          <Icon name="chevron" size={12} />
        </>
      }
    >
      <ModelPanel model={model} />
    </Popover>
  )
}

function ModelPanel({ model }: { model: ModelInfo }): ReactNode {
  return (
    <div className="model-panel">
      <h2>{model.name}</h2>
      <p>{model.knows ?? 'Its folder has no model card, so it does not say what it knows.'}</p>
      <dl>
        <dt>family</dt>
        <dd>{model.family}</dd>
        <dt>layers × heads</dt>
        <dd>
          {model.layers} × {model.heads}
        </dd>
        <dt>width, vocabulary</dt>
        <dd>
          {model.hiddenSize}, {model.vocabularySize.toLocaleString('en-GB')}
        </dd>
        <dt>longest sequence</dt>
        <dd>{model.maxPositions} positions</dd>
        <dt>hash</dt>
        <dd className="hash" title={model.sha256}>
          {model.sha256.slice(0, 12)}
        </dd>
      </dl>
      <OtherModels current={model.name} />
      <p className="note">
        To bring another: put a model folder in the Hugging Face ONNX layout among the models (or start with{' '}
        <code>--models FOLDER</code>) and choose it here. Nothing is downloaded.
      </p>
    </div>
  )
}

function OtherModels({ current }: { current: string }): ReactNode {
  const { models, store } = useWorkspace()
  const [list, setList] = useState<ResponseOf<'models.list'>>([])
  useEffect(() => {
    let wanted = true
    attempt(store, async () => {
      const found = await models.list()
      if (wanted) setList(found)
    })
    return () => {
      wanted = false
    }
  }, [models, store])
  const others = list.filter(({ name }) => name !== current)
  if (others.length === 0) return null
  return (
    <ul className="other-models" aria-label="Other models">
      {others.map(({ id, name, knows, problem }) => (
        <li key={id}>
          <span>
            <b>{name}</b>
            <small>{problem ?? knows}</small>
          </span>
          <button type="button" className="button" disabled={problem !== null} onClick={() => models.use(id)}>
            Use
          </button>
        </li>
      ))}
    </ul>
  )
}
