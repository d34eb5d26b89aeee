import { defineConfig } from 'vite'

/** The command line as plain JavaScript: `whence.js`, which package.json names as `bin`, and the engine's process beside it. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    minify: false,
    rolldownOptions: {
      input: {
        whence: 'src/main/cli/index.ts',
        entry: 'src/main/engine/process/child/entry.ts',
        'peak-memory-program': 'src/main/evaluation/peak-memory-program.ts',
      },
      // No folder of chunks: code that looks beside itself for the engine's process must find it wherever it was put.
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
})
