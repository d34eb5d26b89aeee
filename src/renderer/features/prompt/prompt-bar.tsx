import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Menu } from '../../components/menu.tsx'
import { Icon } from '../../components/icon.tsx'
import { useApp, useWorkspace } from '../../hooks/workspace-context.ts'
import { isBusy } from '../../state/selectors.ts'
import { showPanel } from '../../state/commands/panel.ts'
import { change } from '../../state/store.ts'
import { attempt } from '../../state/commands/notify.ts'
import { presets } from './presets.ts'

/** What is asked: the prompt, a preset, a given answer, and the button that sets off. */
export function PromptBar(): ReactNode {
  const workspace = useWorkspace()
  const { store, explaining, preferences, preparing } = workspace
  const prompt = useApp(({ asking }) => asking.prompt)
  const target = useApp(({ asking }) => asking.target)
  const busy = useApp(isBusy)
  const set = (next: string): void => {
    change(store, 'asking', { prompt: next })
    preferences.set({ prompt: next })
    preparing.begin()
  }
  const write = (): void => attempt(store, explaining.write)
  return (
    <form
      className="prompt-bar"
      onSubmit={(event) => {
        event.preventDefault()
        write()
      }}
    >
      <div className="prompt-line">
        <GrowingText label="Prompt" placeholder="Write how the text begins…" value={prompt} onChange={set} onEnter={write} />
        <PresetMenu onChoose={set} />
        <button
          type="submit"
          className={`button primary tall ${busy ? 'busy' : ''}`}
          aria-label={target === null ? 'Write' : 'Explain'}
        >
          {target === null ? 'Write' : 'Explain'} <kbd aria-hidden="true">⏎</kbd>
        </button>
      </div>
      {target !== null && <GivenAnswer target={target} onEnter={write} />}
    </form>
  )
}

function PresetMenu({ onChoose }: { onChoose: (prompt: string) => void }): ReactNode {
  const { store } = useWorkspace()
  const open = useApp(({ viewing }) => viewing.panel === 'presets')
  const given = useApp(({ asking }) => asking.target !== null)
  const toggle = given ? 'Let the model answer' : 'Explain a given answer…'
  const items = [
    ...presets.map(({ name, prompt }) => ({
      label: name,
      hint: prompt,
      run: () => {
        onChoose(prompt)
        focusPrompt()
      },
    })),
    { label: toggle, run: () => change(store, 'asking', { target: given ? null : '' }) },
  ]
  return (
    <Menu
      name="Presets"
      button={
        <>
          Presets <Icon name="chevron" size={12} />
        </>
      }
      className="button tall"
      open={open}
      items={items}
      align="end"
      up
      onOpen={(next) => showPanel(store, 'presets', next)}
    />
  )
}

function focusPrompt(): void {
  const field = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Prompt"]')
  if (field === null) return
  field.focus()
  // The part in question marks is what the person replaces.
  const start = field.value.indexOf('…')
  if (start >= 0) field.setSelectionRange(start, start + 1)
  else field.setSelectionRange(field.value.length, field.value.length)
}

function GivenAnswer({ target, onEnter }: { target: string; onEnter: () => void }): ReactNode {
  const { store } = useWorkspace()
  return (
    <div className="prompt-line given">
      <GrowingText
        label="Given answer"
        placeholder="Text to be explained as if the model had written it, e.g. “ two dogs.”"
        value={target}
        onChange={(next) => change(store, 'asking', { target: next })}
        onEnter={onEnter}
      />
      <button
        type="button"
        className="icon-button"
        aria-label="Let the model answer"
        title="Let the model answer"
        onClick={() => change(store, 'asking', { target: null })}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}

/** A text field that grows with its lines. Enter sends, Shift+Enter breaks the line. */
function GrowingText(props: {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  onEnter: () => void
}): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const element = field.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight + 2, 132)}px`
  }, [props.value])
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    props.onEnter()
  }
  return (
    <textarea
      ref={field}
      rows={1}
      className="field"
      aria-label={props.label}
      placeholder={props.placeholder}
      spellCheck={false}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      onKeyDown={pressed}
    />
  )
}
