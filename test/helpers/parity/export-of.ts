import type { ExportView } from '../../../src/main/export/export-view.ts'
import { exportView } from '../../../src/main/export/export-view.ts'
import type { Theme } from '../../../src/shared/colour/ramp.ts'
import type { Question } from '../../../src/shared/explanation/question.ts'
import type { ParityRecord } from './parity-record.ts'

/** A record's answer as it is exported. The picture is a small white one: its map is compared, not its pixels. */
export function exportOf(record: ParityRecord, question: Question, beside: ParityRecord | null, theme: Theme): ExportView {
  return exportView({
    record: exported(record),
    question,
    compared: beside === null ? null : exported(beside),
    display: { theme, smooth: false, view: 'map' },
    entry: null,
    version: '0.1.0',
  })
}

function exported({ explanation, pictureName, joint }: ParityRecord): Parameters<typeof exportView>[0]['record'] {
  const image = { width: 24, height: 24, data: new Uint8Array(24 * 24 * 3).fill(255) }
  return { explanation, joint, image: explanation.picture === null ? null : image, name: pictureName ?? '' }
}
