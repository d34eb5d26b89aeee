import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = import.meta.dirname
const out = join(root, 'out', 'recorded-page')

/** Builds the renderer on recorded answers, for looking at without an engine: `vite build --config recorded-page.vite.config.ts`, then serve `out/recorded-page`. */
export default defineConfig({
  root: 'test/helpers/renderer/page',
  base: './',
  plugins: [
    react(),
    {
      name: 'recorded-answers',
      closeBundle: () => {
        mkdirSync(out, { recursive: true })
        cpSync(join(root, 'test/fixtures/renderer/answers.json.gz'), join(out, 'answers.bin'))
        const samples = join(root, 'resources/samples')
        for (const name of readdirSync(samples)) if (name.endsWith('.png')) cpSync(join(samples, name), join(out, name))
      },
    },
  ],
  build: { outDir: out, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023', chunkSizeWarningLimit: 1200 },
})
