import { join } from 'node:path'
import type { Explanation } from '../../../shared/explanation/record.ts'
import { throwIfCancelled } from '../../../shared/contract/failure.ts'
import type { ExportFormat } from '../../export/export-content.ts'
import type { ExportResources } from '../../export/export-resources.ts'
import type { JointPass } from '../../../shared/explanation/joint-pass.ts'
import type { Question } from '../../../shared/explanation/question.ts'
import { tokensAbout } from '../../../shared/explanation/target-ref.ts'
import type { ExportView } from '../../export/export-view.ts'
import { exportView } from '../../export/export-view.ts'
import type { ExplainChoices } from '../options/choices.ts'
import type { Output, OutputPlan } from './outputs.ts'
import { packageVersion } from '../../files/package-root.ts'
import type { ProgressDisplay } from './progress-display.ts'
import type { ReadPicture } from '../commands/read-picture.ts'

/** Where an explanation goes, and how it is drawn. */
export type OutputChoices = Pick<ExplainChoices, 'json' | 'csv' | 'html' | 'svg' | 'sheet' | 'out' | 'theme'>

/** An explanation and all that it is written with. */
export interface Writing {
  readonly choices: OutputChoices
  /** The package's folder. */
  readonly root: string
  readonly explanation: Explanation
  /** What drawings and reports answer. */
  readonly question: Question
  /** Passes that the question needs beside the explanation's own. */
  readonly joint: readonly JointPass[]
  readonly picture: ReadPicture | null
  readonly display: ProgressDisplay
  readonly signal: AbortSignal
}

/** Everything that an explanation is to be written to; contents are made when they are asked for. */
export async function explanationOutputs(writing: Writing): Promise<OutputPlan> {
  const { choices, explanation, picture, root } = writing
  const { json, csv, html, svg, sheet, out } = choices
  const drawn = [
    { name: html, format: 'html' },
    { name: svg, format: 'svg' },
    { name: sheet, format: 'sheet' },
  ] as const
  return {
    files: [
      ...(json === null ? [] : [{ name: json, content: () => jsonText(explanation, picture, packageVersion(root)) }]),
      ...(csv === null ? [] : [{ name: csv, content: () => csvText(explanation) }]),
      ...drawn.flatMap(({ name, format }) => (name === null ? [] : [{ name, content: () => drawing(writing, format) }])),
    ],
    folder: out,
    pictures: out === null ? [] : await pictureOutputs(writing),
  }
}

async function jsonText(explanation: Explanation, picture: ReadPicture | null, version: string): Promise<string> {
  const { explanationJson } = await import('../../export/data/explanation-json.ts')
  const { formatJson } = await import('../../export/data/format-json.ts')
  return formatJson(explanationJson(explanation, picture === null ? null : picture.name, version))
}

async function csvText(explanation: Explanation): Promise<string> {
  return (await import('../../export/data/explanation-csv.ts')).explanationCsv(explanation)
}

async function drawing(writing: Writing, format: ExportFormat): Promise<string | Uint8Array> {
  throwIfCancelled(writing.signal)
  writing.display.status('drawing')
  const { exportContent } = await import('../../export/export-content.ts')
  return exportContent(format, viewOf(writing), await openResources(writing))
}

function viewOf({ choices, root, explanation, question, joint, picture }: Writing): ExportView {
  const { theme } = choices
  const [image, name] = picture === null ? [null, ''] : [picture.image, picture.name]
  return exportView({
    record: { explanation, joint, image, name },
    question,
    compared: null,
    display: { theme, smooth: false, view: 'map' },
    entry: null,
    version: packageVersion(root),
  })
}

async function openResources({ root }: Writing): Promise<ExportResources> {
  return (await import('../../export/export-resources.ts')).openExportResources(join(root, 'resources'))
}

/** One picture per token and one of them all. */
async function pictureOutputs(writing: Writing): Promise<Output[]> {
  const { completionFileName, targetFileName } = await import('../../export/file-name.ts')
  const { contactPng, sheetSource, tokenPng } = await import('../../export/export-content.ts')
  const { explanation, display, signal } = writing
  const { typeface } = await openResources(writing)
  const source = await sheetSource(viewOf(writing), typeface)
  const { targets } = explanation
  const begin = (place: number): void => {
    throwIfCancelled(signal)
    display.status(`drawing ${place + 1} of ${targets.length + 1} pictures`)
  }
  return [
    ...targets.map((target, place) => ({
      name: targetFileName(target, Math.max(...targets.map(({ index }) => index)) + 1),
      content: () => {
        begin(place)
        return tokenPng(source, tokensAbout([{ segment: target.segment, index: target.index }]), typeface)
      },
    })),
    {
      name: completionFileName,
      content: () => {
        begin(targets.length)
        return contactPng(source, typeface)
      },
    },
  ]
}
