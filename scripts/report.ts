/** `npm run report`: makes `resources/report/report.js`, the script of every HTML report, of `src/report`. Run it after a change there or in what it imports. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

/** The repository, whose files the script is made of. */
const root = join(import.meta.dirname, '..')

/** Where the script lies, from the repository's root. */
export const reportScript = 'resources/report/report.js'

const header = '/* Generated from src/report and src/shared by "npm run report": do not edit. */'

/** The report's script: one classic script without imports, the same on every machine. */
export async function buildReportScript(): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      target: 'es2024',
      modulePreload: false,
      minify: 'oxc',
      rolldownOptions: {
        input: join(root, 'src/report/main.ts'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const [script, ...others] = outputs
  if (script?.type !== 'chunk' || others.length > 0) throw new Error('the report has one script and nothing else')
  return `${header}\n${script.code.trimEnd()}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await writeFile(join(root, reportScript), await buildReportScript())
