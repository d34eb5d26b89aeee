import { defineConfig } from 'vitest/config'

/** `unit` runs in the inner loop; `golden` compares whole explanations with the PyTorch reference numbers and takes minutes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/contract/**/*.test.ts'],
          setupFiles: ['test/helpers/property-seed.ts'],
          testTimeout: 60_000,
        },
      },
      // The built app on a stand-in of Electron, and on the real thing where there is one: `npm run build` comes first.
      { test: { name: 'wiring', include: ['test/wiring/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false } },
      // The app in a browser; `npm run e2e` starts it where it can reach no network.
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // A browser on a busy machine now and then misses a click; what fails twice in a row fails.
          retry: 1,
          fileParallelism: false,
        },
      },
      { test: { name: 'golden', include: ['test/golden/**/*.test.ts'], testTimeout: 600_000, fileParallelism: false } },
    ],
  },
})
