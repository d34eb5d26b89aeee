import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..', '..')

/** Builds the test page with the renderer. @returns its folder, with `parity.html` */
export async function buildParityPage(): Promise<string> {
  const outDir = join(root, 'out', 'parity-page')
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(root, 'test', 'helpers', 'renderer', 'page'),
    base: './',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      target: 'es2023',
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: 'parity.html' },
    },
  })
  return outDir
}
