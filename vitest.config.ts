import { defineConfig } from 'vitest/config'

/** `unit` runs in the inner loop; `golden` compares whole explanations with the PyTorch reference numbers and takes minutes. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'golden', include: ['test/golden/**/*.test.ts'], testTimeout: 600_000, fileParallelism: false } },
    ],
  },
})
