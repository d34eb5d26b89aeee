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

const boundaryComplaints = async (path: string, specifier: string): Promise<string[]> =>
  (await complaints(path, `import '${specifier}'\n`)).filter((line) => line.startsWith('layout/boundaries'))

/** One forbidden import per line: who, what, and words of what to do instead. */
const forbidden = [
  ['src/shared/values/brand.ts', '../atman/sweep-plan.ts', 'stand below everything else'],
  ['src/shared/values/brand.ts', 'zod', 'stand below everything else'],
  ['src/shared/atman/relevance.ts', '../../main/engine/engine.ts', 'take what you need as an argument'],
  ['src/shared/colour/ramp.ts', 'node:fs', 'take what you need as an argument'],
  ['src/main/files/staged-files.ts', '../export/sheet.ts', 'whatever it is handed'],
  ['src/main/graph/attention/find.ts', '../../engine/runtime/session.ts', 'src/main/engine calls it'],
  ['src/main/engine/explain/explain.ts', '../../app/router.ts', 'src/main/app listens'],
  ['src/main/engine/explain/explain.ts', '../../storage/cache/cache.ts', 'src/main/app listens'],
  ['src/main/storage/cache/cache.ts', '../../engine/engine.ts', 'src/main/app brings and fetches'],
  ['src/main/export/sheet.ts', '../engine/engine.ts', 'the caller'],
  ['src/main/export/sheet.ts', '../../../test/helpers/picture.ts', 'src/shared/explanation'],
  ['src/main/app/router.ts', '../server/http.ts', 'is handed to the hosts'],
  ['src/main/app/router.ts', '../cli/index.ts', 'src/main/cli'],
  ['src/main/evaluation/benchmark.ts', '../cli/index.ts', 'src/main/cli prints them'],
  ['src/main/server/http.ts', '../cli/index.ts', 'src/main/app'],
  ['src/main/desktop/start-desktop.ts', '../cli/launch/served-app.ts', 'no other host'],
  ['src/main/cli/serve.ts', '../desktop/menu.ts', 'src/main/index.ts opens it'],
  ['src/main/index.ts', '../renderer/app/app.ts', 'only src/main and src/shared'],
  ['src/preload/index.ts', '../main/app/router.ts', 'src/shared/contract'],
  ['src/renderer/features/heatmap/legend.ts', '../../app/app.ts', 'features never import the shell'],
  ['src/renderer/components/bar.ts', '../state/store.ts', 'handed values and callbacks'],
  ['src/renderer/hooks/theme.ts', '../features/heatmap/legend.ts', 'connect the state to React'],
  ['src/renderer/state/store.ts', '../features/heatmap/legend.ts', 'nothing that is drawn'],
  ['src/renderer/host/host.ts', '../state/store.ts', 'src/shared/contract'],
  ['src/renderer/app/app.ts', '../../main/engine/engine.ts', 'src/renderer/host'],
  ['src/report/main.ts', '../renderer/state/store.ts', 'src/shared'],
  ['src/renderer/app/app.ts', 'node:fs', 'src/renderer/host'],
  ['src/elsewhere/thing.ts', './other.ts', 'scripts/lint/zones.ts'],
] as const

describe('the zones', () => {
  it.each(forbidden)('%s may not import %s and is told: %s', async (path, specifier, instead) => {
    expect(await boundaryComplaints(path, specifier)).toEqual([expect.stringContaining(instead)])
  })

  it.each([
    ['src/shared/atman/relevance.ts', '../explanation/record.ts'],
    ['src/shared/contract/methods.ts', 'zod'],
    ['src/main/engine/load.ts', '../graph/instrument.ts'],
    ['src/main/engine/load.ts', 'node:fs/promises'],
    ['src/main/app/router.ts', '../storage/cache/cache.ts'],
    ['src/main/app/router.ts', '../engine/engine.ts'],
    ['src/main/cli/serve.ts', '../server/http.ts'],
    ['src/main/index.ts', './desktop/menu.ts'],
    ['src/renderer/features/image/stage.ts', '../../host/host.ts'],
    ['src/renderer/features/image/stage.ts', '../../../shared/sequence/patch-grid.ts'],
    ['test/unit/main/engine/explain.test.ts', '../../../../src/main/engine/explain.ts'],
  ])('%s may import %s', async (path, specifier) => {
    expect(await boundaryComplaints(path, specifier)).toEqual([])
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
    ['src/main/app/router.ts', 'electron', 'src/main/desktop'],
    ['src/main/engine/generate.ts', 'onnxruntime-node', 'src/main/engine/runtime/session.ts'],
    ['src/main/cli/info.ts', 'sharp', 'src/main/engine/picture'],
    ['src/main/app/router.ts', 'better-sqlite3', 'src/main/storage'],
    ['src/main/cli/draw.ts', '@resvg/resvg-js', 'src/main/export'],
    ['src/main/engine/load.ts', '@bufbuild/protobuf', 'src/main/graph'],
    ['src/main/engine/load.ts', 'onnx-buf', 'src/main/graph'],
    ['src/main/engine/load.ts', '@huggingface/tokenizers', 'src/main/engine/text/tokenizer.ts'],
    ['src/main/evaluation/benchmark.ts', 'cli-table3', 'src/main/cli'],
    ['src/main/engine/load.ts', 'node:https', 'src/main/server'],
    ['src/main/engine/load.ts', 'http', 'src/main/server'],
    ['src/main/engine/process/child/entry.ts', 'node:net', 'src/main/server'],
    ['src/main/cli/serve.ts', 'node:dns/promises', 'src/main/server'],
    ['src/main/evaluation/benchmark.ts', 'node:dgram', 'src/main/server'],
  ])('%s may not import %s and is sent to %s', async (path, specifier, home) => {
    expect(await boundaryComplaints(path, specifier)).toEqual([expect.stringContaining(home)])
  })

  it.each([
    ['src/main/desktop/window/menu.ts', 'electron'],
    ['src/main/desktop/transport/electron-transport.ts', 'electron'],
    ['src/preload/index.ts', 'electron'],
    ['src/main/engine/runtime/session.ts', 'onnxruntime-node'],
    ['src/main/engine/picture/picture.ts', 'sharp'],
    ['src/main/storage/open.ts', 'better-sqlite3'],
    ['src/main/server/http.ts', 'node:http'],
  ])('%s may import %s', async (path, specifier) => {
    expect(await boundaryComplaints(path, specifier)).toEqual([])
  })
})

describe('the rules of the layout', () => {
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
    ['layout/names', 'src/main/engine/utils.ts', ''],
    ['layout/names', 'src/main/engine/loadModel.ts', ''],
    ['layout/no-plausible-zero', 'src/main/app/load.ts', 'const [first] = [1, 2]\nexport const load = first ?? 0'],
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

describe('the rule against plausible zeros', () => {
  const complaintsAbout = async (expression: string): Promise<string[]> =>
    (await complaints('src/main/app/load.ts', `let x = undefined\n${expression}\n`)).filter((line) =>
      line.startsWith('layout/no-plausible-zero'),
    )

  it.each([
    'x ?? 0',
    'x ?? -0',
    'x ?? 0n',
    'x || 0',
    'x ?? NaN',
    'x ?? Number.NaN',
    "x ?? ''",
    'x ?? ``',
    'x ?? []',
    'x ?? new Float32Array(0)',
    'x ?? new Uint8Array()',
    'x ??= []',
    'x ||= 0',
  ])('refuses %s and names the accessors', async (expression) => {
    expect(await complaintsAbout(expression)).toEqual([expect.stringContaining('src/shared/values/element.ts')])
  })

  it.each([
    'x ?? 1',
    'x ?? null',
    'x ?? [1]',
    "x ?? 'none'",
    'x ?? new Float32Array(3)',
    'x && 0',
    'x = 0',
    'x ?? Number.EPSILON',
  ])('lets %s be', async (expression) => {
    expect(await complaintsAbout(expression)).toEqual([])
  })
})
