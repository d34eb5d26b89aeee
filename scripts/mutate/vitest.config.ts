import { defineConfig } from 'vitest/config'
import { testsVariable } from './tests-variable.ts'

const tests = process.env[testsVariable]
if (tests === undefined) throw new Error(`${testsVariable} is not set; run \`npm run mutate\``)

/** The tests that `npm run mutate` holds against mutants. Counting what they reach slows a test with millions of steps down many times. */
export default defineConfig({
  test: { include: JSON.parse(tests) as string[], setupFiles: ['test/helpers/property-seed.ts'], testTimeout: 600_000 },
})
