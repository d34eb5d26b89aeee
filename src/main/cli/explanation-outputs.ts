import type { Explanation, Target } from '../../shared/domain/explanation.ts'
import { throwIfCancelled } from '../../shared/domain/failure.ts'
import type { SheetSource } from '../export/sheet.ts'
import type { ExplainChoices } from './choices.ts'
import type { Output, OutputPlan } from './outputs.ts'
import { packageVersion } from './package-root.ts'
import type { ProgressDisplay } from './progress-display.ts'
import type { ReadPicture } from './read-picture.ts'
import { join } from 'node:path'

/** Everything that an explanation is to be written to; contents are made when they are asked for. */
export async function explanationOutputs(
  choices: Pick<ExplainChoices, 'json' | 'csv' | 'out'>,
  root: string,
  explanation: Explanation,
  picture: ReadPicture | null,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<OutputPlan> {
  const { json, csv, out } = choices
  return {
    files: [
      ...(json === null ? [] : [{ name: json, content: () => jsonText(explanation, picture, packageVersion(root)) }]),
      ...(csv === null ? [] : [{ name: csv, content: () => csvText(explanation) }]),
    ],
    folder: out,
    pictures: out === null ? [] : await pictureOutputs(root, explanation, picture, display, signal),
  }
}

async function jsonText(explanation: Explanation, picture: ReadPicture | null, version: string): Promise<string> {
  const { explanationJson, formatJson } = await import('../export/explanation-json.ts')
  const provenance = explanation.picture
  const named = provenance === null ? null : { name: picture?.name ?? '', provenance }
  return formatJson(explanationJson(explanation, named, version))
}

async function csvText(explanation: Explanation): Promise<string> {
  return (await import('../export/explanation-csv.ts')).explanationCsv(explanation)
}

/** One picture per token and one of them all. */
async function pictureOutputs(
  root: string,
  explanation: Explanation,
  picture: ReadPicture | null,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<Output[]> {
  const { completionFileName, targetFileName } = await import('../export/file-name.ts')
  const { annotatedSvg } = await import('../export/annotated-svg.ts')
  const { annotatedPng } = await import('../export/annotated-png.ts')
  const source = await sheetSource(root, explanation, picture)
  const { targets } = explanation
  const draw = async (target: Target | null, place: number): Promise<Uint8Array> => {
    throwIfCancelled(signal)
    display.status(`drawing ${place + 1} of ${targets.length + 1} pictures`)
    return annotatedPng(annotatedSvg(source, target), source.typeface)
  }
  return [
    ...targets.map((target, place) => ({
      name: targetFileName(target, Math.max(...targets.map(({ index }) => index)) + 1),
      content: () => draw(target, place),
    })),
    { name: completionFileName, content: () => draw(null, targets.length) },
  ]
}

async function sheetSource(root: string, explanation: Explanation, picture: ReadPicture | null): Promise<SheetSource> {
  const { openTypeface } = await import('../export/typeface.ts')
  const typeface = await openTypeface(join(root, 'resources', 'fonts'))
  return {
    explanation,
    picture: picture === null ? null : { name: picture.name, display: await picture.display() },
    typeface,
    version: packageVersion(root),
  }
}
