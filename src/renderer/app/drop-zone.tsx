import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useWorkspace } from '../hooks/workspace-context.ts'

/** Takes pictures dropped anywhere in the window, and pasted ones. */
export function DropZone(): ReactNode {
  const { opening } = useWorkspace()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const dragged = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(true)
    }
    const left = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const dropped = (event: DragEvent): void => {
      event.preventDefault()
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file !== undefined) opening.file(file)
    }
    const pasted = (event: ClipboardEvent): void => {
      const files = event.clipboardData === null ? [] : [...event.clipboardData.files]
      const file = files.find(({ type }) => type.startsWith('image/'))
      if (file === undefined) return
      event.preventDefault()
      opening.file(file)
    }
    window.addEventListener('dragover', dragged)
    window.addEventListener('dragleave', left)
    window.addEventListener('drop', dropped)
    window.addEventListener('paste', pasted)
    return () => {
      window.removeEventListener('dragover', dragged)
      window.removeEventListener('dragleave', left)
      window.removeEventListener('drop', dropped)
      window.removeEventListener('paste', pasted)
    }
  }, [opening])
  return over ? (
    <div className="drop-zone" aria-hidden="true">
      <span>Drop the picture to explain it</span>
    </div>
  ) : null
}
