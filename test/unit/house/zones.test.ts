import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { beforeAll, describe, expect, it } from 'vitest'
import { zones } from '../../../scripts/lint/zones.ts'

let eslint: ESLint

beforeAll(() => {
  // The files below do not exist, so TypeScript knows nothing about them: the rules that need types are left out.
  const untyped = { ...tseslint.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false } } }
  eslint = new ESLint({ overrideConfig: untyped })
})

/** What the project's own ESLint says about a file that holds this text. */
async function complaints(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path })
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`)
}

const wallComplaints = async (path: string, specifier: string): Promise<string[]> =>
  (await complaints(path, `import '${specifier}'\n`)).filter((line) => line.startsWith('house/walls'))

/** One forbidden import per line: who, what, and words of the door it is sent to. */
const forbidden = [
  ['src/shared/domain/model.ts', '../atman/sweep-plan.ts', 'the domain is the ground floor'],
  ['src/shared/atman/relevance.ts', '../../main/engine/engine.ts', 'take what you need as an argument'],
  ['src/main/graph/attention/find.ts', '../../engine/session.ts', 'src/main/engine calls it'],
  ['src/main/engine/explain.ts', '../explain/queue.ts', 'src/main/explain listens'],
  ['src/main/engine/explain.ts', '../storage/cache.ts', 'src/main/explain listens'],
  ['src/main/storage/cache.ts', '../engine/engine.ts', 'src/main/explain brings and fetches'],
  ['src/main/export/sheet.ts', '../engine/engine.ts', 'the caller'],
  ['src/main/process/entry.ts', '../explain/queue.ts', 'hosts start it'],
  ['src/main/explain/queue.ts', '../ipc/router.ts', 'src/main/ipc'],
  ['src/main/explain/queue.ts', '../cli/index.ts', 'src/main/cli'],
  ['src/main/evaluate/benchmark.ts', '../cli/index.ts', 'src/main/cli prints them'],
  ['src/main/ipc/router.ts', '../server/http.ts', 'are handed the router'],
  ['src/main/server/http.ts', '../cli/index.ts', 'src/main/ipc'],
  ['src/main/cli/serve.ts', '../window/menu.ts', 'src/main/index.ts opens it'],
  ['src/main/window/menu.ts', '../engine/engine.ts', 'the router of src/main/ipc'],
  ['src/main/index.ts', '../renderer/app/app.ts', 'only src/main and src/shared'],
  ['src/preload/index.ts', '../main/ipc/router.ts', 'src/shared/ipc'],
  ['src/renderer/stores/picture.ts', '../../main/engine/engine.ts', 'src/renderer/host'],
  ['src/renderer/app/app.ts', 'node:fs', 'src/renderer/host'],
  ['src/shared/colour/ramp.ts', 'node:fs', 'take what you need as an argument'],
  ['src/shared/domain/model.ts', 'zod', 'the domain is the ground floor'],
  ['src/main/export/sheet.ts', '../../../test/helpers/picture.ts', 'src/shared/domain'],
  ['src/elsewhere/thing.ts', './other.ts', 'scripts/lint/zones.ts'],
] as const

describe('the zones', () => {
  it.each(forbidden)('%s may not import %s and is told: %s', async (path, specifier, door) => {
    expect(await wallComplaints(path, specifier)).toEqual([expect.stringContaining(door)])
  })

  it.each([
    ['src/shared/atman/relevance.ts', '../domain/explanation.ts'],
    ['src/shared/ipc/methods.ts', 'zod'],
    ['src/main/engine/load.ts', '../graph/instrument.ts'],
    ['src/main/engine/load.ts', 'node:fs/promises'],
    ['src/main/explain/queue.ts', '../storage/cache.ts'],
    ['src/main/ipc/router.ts', '../explain/queue.ts'],
    ['src/main/cli/serve.ts', '../server/http.ts'],
    ['src/main/index.ts', './window/menu.ts'],
    ['src/renderer/features/image/stage.ts', '../../host/host.ts'],
    ['src/renderer/features/image/stage.ts', '../../../shared/domain/patch-grid.ts'],
    ['test/unit/main/engine/explain.test.ts', '../../../../src/main/engine/explain.ts'],
  ])('%s may import %s', async (path, specifier) => {
    expect(await wallComplaints(path, specifier)).toEqual([])
  })

  it.each([
    "import x from '../../main/engine/engine.ts'",
    "export * from '../../main/engine/engine.ts'",
    "void import('../../main/engine/engine.ts')",
    "require('../../main/engine/engine.ts')",
    "type X = import('../../main/engine/engine.ts').Engine",
    "import type { Engine } from '../../main/engine/engine.ts'",
  ])('see an import written as %s', async (text) => {
    expect(await complaints('src/renderer/app/app.ts', text)).toContainEqual(expect.stringContaining('src/renderer/host'))
  })

  it('are all tried above', () => {
    const tried = forbidden.map(([path]) => zones.find(({ place }) => path.startsWith(place)))
    expect(zones.filter((zone) => !tried.includes(zone))).toEqual([])
  })
})

describe('the homes of modules', () => {
  it.each([
    ['src/main/explain/queue.ts', 'electron', 'src/main/window'],
    ['src/main/ipc/router.ts', 'electron', 'src/main/ipc/electron-*.ts'],
    ['src/main/engine/generate.ts', 'onnxruntime-node', 'src/main/engine/session.ts'],
    ['src/main/cli/info.ts', 'sharp', 'src/main/engine/picture*.ts'],
    ['src/main/explain/queue.ts', 'better-sqlite3', 'src/main/storage'],
    ['src/main/cli/draw.ts', '@resvg/resvg-js', 'src/main/export'],
    ['src/main/engine/load.ts', '@bufbuild/protobuf', 'src/main/graph'],
    ['src/main/engine/load.ts', 'onnx-buf', 'src/main/graph'],
    ['src/main/engine/load.ts', '@huggingface/tokenizers', 'src/main/engine/tokenizer.ts'],
    ['src/main/evaluate/benchmark.ts', 'cli-table3', 'src/main/cli'],
    ['src/main/engine/load.ts', 'node:https', 'src/main/server'],
    ['src/main/engine/load.ts', 'http', 'src/main/server'],
    ['src/main/process/entry.ts', 'node:net', 'src/main/server'],
    ['src/main/cli/serve.ts', 'node:dns/promises', 'src/main/server'],
    ['src/main/evaluate/benchmark.ts', 'node:dgram', 'src/main/server'],
  ])('%s may not import %s and is sent to %s', async (path, specifier, home) => {
    expect(await wallComplaints(path, specifier)).toEqual([expect.stringContaining(home)])
  })

  it.each([
    ['src/main/window/menu.ts', 'electron'],
    ['src/main/ipc/electron-transport.ts', 'electron'],
    ['src/preload/index.ts', 'electron'],
    ['src/main/engine/session.ts', 'onnxruntime-node'],
    ['src/main/engine/picture.ts', 'sharp'],
    ['src/main/storage/open.ts', 'better-sqlite3'],
    ['src/main/server/http.ts', 'node:http'],
  ])('%s may import %s', async (path, specifier) => {
    expect(await wallComplaints(path, specifier)).toEqual([])
  })
})

describe('the rules of the house', () => {
  it.each([
    ['no-restricted-globals', 'src/main/engine/load.ts', "void fetch('x')"],
    ['no-restricted-globals', 'src/main/engine/load.ts', "new globalThis.WebSocket('x')"],
    ['no-console', 'src/main/engine/load.ts', "console.log('x')"],
    ['no-restricted-exports', 'src/main/engine/load.ts', 'export default 1'],
    ['jsdoc/require-jsdoc', 'src/main/engine/load.ts', 'export function load(): void {}'],
    ['jsdoc/require-jsdoc', 'src/main/engine/load.ts', 'export const load = 1'],
    ['jsdoc/require-jsdoc', 'src/main/engine/load.ts', 'export interface Load { readonly a: number }'],
    ['jsdoc/require-jsdoc', 'src/main/engine/load.ts', 'export type Load = number'],
    ['max-lines', 'src/main/engine/load.ts', '// a line\n'.repeat(401)],
    ['max-lines-per-function', 'src/main/engine/load.ts', `function load() {${'\n'.repeat(80)}}`],
    ['house/names', 'src/main/engine/utils.ts', ''],
    ['house/names', 'src/main/engine/loadModel.ts', ''],
    ['no-restricted-syntax', 'src/shared/atman/relevance.ts', 'let memory = 0'],
    ['no-restricted-properties', 'src/shared/atman/relevance.ts', 'Math.random()'],
  ])('%s is kept in %s', async (rule, path, text) => {
    expect(await complaints(path, text)).toContainEqual(expect.stringContaining(rule))
  })

  it.each([
    ['src/main/cli/index.ts', "console.log('x')\n"],
    ['src/main/server/http.ts', "void fetch('x')\n"],
    ['src/main/engine/load.ts', '/** Loads. */\nexport function load(): void {}\n'],
  ])('in %s, %j is fine', async (path, text) => {
    expect((await complaints(path, text)).filter((line) => !line.includes('no-empty-function'))).toEqual([])
  })
})
