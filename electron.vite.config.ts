import { defineConfig } from 'electron-vite'
import { renderer } from './renderer.vite.config.ts'

/** Packages with native parts, or that bring their own files: left outside the bundle and loaded from node_modules. */
const external = ['better-sqlite3', 'onnxruntime-node', 'sharp', '@resvg/resvg-js']

/** The desktop app: main process with the engine's process beside it, preload, renderer. The command line is built by `cli.vite.config.ts`. */
export default defineConfig({
  main: {
    // Its variant for Node starts worker threads from text and declares a `require` of its own, beside the one electron-vite adds.
    resolve: { alias: [{ find: /^fflate$/, replacement: 'fflate/browser' }] },
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: { index: 'src/main/index.ts', 'utility-entry': 'src/main/engine/process/child/utility-entry.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
})
