import type { ExportView } from '../../../../src/main/export/export-view.ts'
import { exportView } from '../../../../src/main/export/export-view.ts'
import { wholeAnswer } from '../../../../src/shared/explanation/question.ts'
import type { Wish } from './hand-made.ts'
import { explanation } from './hand-made.ts'

/** A view of a hand-made explanation: all of its completion, about a plain white picture. */
export function viewOf(wish: Wish = {}, change: Partial<ExportView> = {}): ExportView {
  const whole = explanation(wish)
  const { picture } = whole
  const view = exportView({
    record: {
      explanation: whole,
      joint: [],
      image: picture === null ? null : { ...size, data: new Uint8Array(size.width * size.height * 3).fill(255) },
      name: picture === null ? '' : 'plain.png',
    },
    question: wholeAnswer,
    compared: null,
    display: { theme: 'light', smooth: false, view: 'map' },
    entry: '0f8b4c1e-0000-4000-8000-000000000000',
    version: '1.2.3',
  })
  return { ...view, ...change }
}

const size = { width: 24, height: 24 }
