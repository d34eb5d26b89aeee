import { sentence } from '../../../shared/contract/failure.ts'
import type { ModelInfo } from '../../../shared/explanation/model/model-info.ts'
import type { ListedModel } from '../../engine/model/model-list.ts'
import { cacheFolder } from '../../files/cache-folder.ts'
import { findModel, modelsFolder } from './find-model.ts'
import type { Terminal } from '../terminal.ts'
import { checkOutputs, writeOutputs } from '../output/outputs.ts'
import { printable } from '../output/printable.ts'
import { print } from '../output/standard-output.ts'

/** Lists the models that come with Whence. */
export async function listModelsCommand(json: string | null, terminal: Terminal): Promise<void> {
  await checkOutputs([json], null)
  const { listModels } = await import('../../engine/model/model-list.ts')
  const models = await listModels([modelsFolder(terminal.root)])
  await printOrWrite(
    json,
    { schema: 'whence.models/1', models: models.map(listedJson) },
    models.map(listedLine).join(''),
    terminal,
  )
}

/** Tells what is known about one model. */
export async function modelInfoCommand(choice: string, json: string | null, terminal: Terminal): Promise<void> {
  await checkOutputs([json], null)
  const { openModelFolder } = await import('../../engine/model/model-folder.ts')
  const folder = await openModelFolder(await findModel(terminal.root, choice), undefined, cacheFolder(terminal.env))
  const info = await folder.info()
  await printOrWrite(json, { schema: 'whence.model/1', model: infoJson(info) }, infoLines(info), terminal)
}

async function printOrWrite(json: string | null, file: object, text: string, { stdout }: Terminal): Promise<void> {
  if (json !== '-') await print(stdout, text)
  if (json === null) return
  await writeOutputs(
    { files: [{ name: json, content: () => `${JSON.stringify(file, null, 2)}\n` }], folder: null, pictures: [] },
    stdout,
  )
}

function listedLine(model: ListedModel): string {
  if (model.kind === 'unusable') return `${printable(model.name)}\tunusable\t${printable(sentence(model.failure))}\n`
  const { name, family, precision, grid, knows } = model.summary
  const patches = grid === null ? 'text only' : `${grid.rows}x${grid.columns}`
  return `${printable(name)}\t${family} ${precision} ${patches}\t${knows === null ? '' : printable(knows)}\n`
}

function listedJson(model: ListedModel): object {
  if (model.kind === 'unusable')
    return { name: model.name, usable: false, code: model.failure.code, reason: sentence(model.failure) }
  const { name, family, precision, grid, knows } = model.summary
  return { name, usable: true, family, precision, grid, knows }
}

function infoJson(info: ModelInfo): object {
  return {
    name: info.name,
    sha256: info.sha256,
    family: info.family,
    precision: info.precision,
    grid: info.grid,
    image_size: info.imageSize,
    layers: info.layers,
    heads: info.heads,
    key_value_heads: info.keyValueHeads,
    head_size: info.headSize,
    hidden_size: info.hiddenSize,
    vocabulary_size: info.vocabularySize,
    max_positions: info.maxPositions,
    knows: info.knows,
  }
}

function infoLines(info: ModelInfo): string {
  const { grid, imageSize } = info
  const rows: readonly (readonly [string, string | number])[] = [
    ['name', info.name],
    ['knows', info.knows ?? 'no model card'],
    ['family', info.family],
    ['precision', info.precision],
    [
      'picture',
      grid === null || imageSize === null
        ? 'none: text only'
        : `${grid.rows} x ${grid.columns} patches of a square of ${imageSize} pixels`,
    ],
    ['layers', info.layers],
    ['heads', `${info.heads} of ${info.headSize}, ${info.keyValueHeads} for keys and values`],
    ['hidden size', info.hiddenSize],
    ['vocabulary', info.vocabularySize],
    ['longest sequence', info.maxPositions],
    ['sha256', info.sha256],
  ]
  return rows.map(([name, value]) => `${name.padEnd(18)}${printable(String(value))}\n`).join('')
}
